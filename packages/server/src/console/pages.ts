import { hash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** What the build has left, by name. */
export interface Pages {
  readonly isEmpty: boolean
  /** Names come from here and not from requests: none leads out of the folder. */
  readonly file: (name: string) => PageFile | undefined
}

export interface PageFile {
  readonly name: string
  readonly type: string
  /** Read once. */
  readonly content: () => Promise<Content>
}

interface Content {
  readonly bytes: Buffer
  readonly tag: string
  /** Undefined where it would be no shorter. */
  readonly zipped: Buffer | undefined
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

/** Those that are text. */
const SHORTENED: ReadonlySet<string> = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt'])

/** Stands in a page where a number that nobody can know beforehand belongs: what styles it may have. */
const NONCE = '{nonce}'

/** The files of a folder, by their names in it; none where there is no folder. */
export async function readPages(folder: string): Promise<Pages> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    // Nobody has built them.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  const files = new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name)
        const name = path.slice(join(folder, sep).length).replaceAll(sep, '/')
        return [name, openFile(path, name)]
      }),
  )
  return { isEmpty: !files.has('index.html'), file: (name) => files.get(name) }
}

function openFile(path: string, name: string): PageFile {
  const extension = extname(name)
  let content: Promise<Content> | undefined
  return {
    name,
    type: TYPES[extension] ?? 'application/octet-stream',
    async content() {
      content ??= readContent(path, SHORTENED.has(extension))
      try {
        return await content
      } catch (error) {
        // What was in the way may be gone when the next one asks.
        content = undefined
        throw error
      }
    },
  }
}

const zip = promisify(gzip)

async function readContent(path: string, isText: boolean): Promise<Content> {
  const bytes = await readFile(path)
  const zipped = isText ? await zip(bytes, { level: 9 }) : undefined
  return {
    bytes,
    // Weak: one for the bytes and what they are sent as.
    tag: `W/"${hash('sha256', bytes, 'base64url')}"`,
    zipped: zipped !== undefined && zipped.length < bytes.length ? zipped : undefined,
  }
}

/** Sends a file: a page with its policy, an asset for good, since its name says what is in it. */
export async function sendFile(file: PageFile, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { name, type } = file
  const { bytes, tag, zipped } = await file.content()
  reply.headers({ ...SAFE, 'content-type': type })
  if (name.endsWith('.html')) {
    sendHtml(bytes.toString(), tag, request, reply)
    return
  }
  reply.header('cache-control', name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
  reply.header('vary', 'accept-encoding').header('etag', tag)
  if (isKnown(request, tag)) reply.code(304).send()
  else if (zipped !== undefined && takesGzip(request)) reply.header('content-encoding', 'gzip').send(zipped)
  else reply.send(bytes)
}

const SAFE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/**
 * A page with a number in it is another each time: it has no tag, and nobody keeps it, not even to come back to it as it
 * was: whoever has signed out since would see what it showed.
 */
function sendHtml(text: string, tag: string, request: FastifyRequest, reply: FastifyReply): void {
  const nonce = text.includes(NONCE) ? randomBytes(16).toString('base64') : undefined
  reply.headers({ ...pageHeaders(nonce), 'cache-control': nonce === undefined ? 'no-cache' : 'no-store' })
  if (nonce !== undefined) {
    reply.send(text.replaceAll(NONCE, nonce))
    return
  }
  reply.header('etag', tag)
  if (isKnown(request, tag)) reply.code(304).send()
  else reply.send(text)
}

function pageHeaders(nonce: string | undefined) {
  const styles = nonce === undefined ? `'self'` : `'self' 'nonce-${nonce}'`
  return {
    'content-security-policy': [
      `default-src 'none'`,
      `script-src 'self'`,
      `style-src ${styles}`,
      `img-src 'self' data: blob:`,
      `font-src 'self'`,
      `connect-src 'self'`,
      `form-action 'none'`,
      `base-uri 'none'`,
      `frame-ancestors 'none'`,
    ].join('; '),
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'x-robots-tag': 'noindex',
  }
}

/** What stands in the place of pages that nobody has built. */
export function sendNotBuilt(reply: FastifyReply): void {
  reply
    .code(503)
    .headers({ ...SAFE, ...pageHeaders(undefined), 'cache-control': 'no-store' })
    .type('text/plain; charset=utf-8')
    .send('The pages of the console are not here. `npm run build` makes them; then load this page again.\n')
}

function isKnown({ headers }: FastifyRequest, tag: string): boolean {
  const known = headers['if-none-match']?.split(',').map((each) => each.trim()) ?? []
  return known.includes(tag) || known.includes('*')
}

function takesGzip({ headers }: FastifyRequest): boolean {
  return String(headers['accept-encoding'] ?? '')
    .split(',')
    .some((each) => /^\s*(gzip|\*)\s*(;\s*q=(1(\.0*)?|0\.\d*[1-9]\d*))?\s*$/i.test(each))
}
