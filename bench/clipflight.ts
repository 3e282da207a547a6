import { readFileSync } from 'node:fs'
import { signToken } from './sign-token.ts'
import { ID, type Ids, type Load } from './load.ts'
import { firstLine, startServer, type ServerProcess } from './processes.ts'

/** What the service says of itself in its first line. */
export interface Announcement {
  readonly url: string
  readonly issuerId: string
  readonly keyId: string
  readonly privateKeyPath: string
}

export interface Clipflight extends ServerProcess, Announcement {}

/** The installed command of this run. */
let main = ''

export function useCommand(path: string): void {
  main = path
}

export function commandPath(): string {
  return main
}

/** The installed command on a directory of data. */
export function startOn(dataDir: string, port = 0, more: readonly string[] = []): ServerProcess {
  const options = [
    '--output',
    'json',
    '--rate-limit',
    'off',
    '--seed',
    'none',
    '--port',
    String(port),
    '--data-dir',
    dataDir,
    ...more,
  ]
  return startServer(process.execPath, [main, 'serve', ...options])
}

/** The same, ready to answer. */
export async function serve(dataDir: string, more: readonly string[] = []): Promise<Clipflight> {
  const server = startOn(dataDir, 0, more)
  const announcement = JSON.parse(await firstLine(server)) as Announcement
  return { ...server, ...announcement }
}

/** Tokens live for 20 minutes; the bench runs longer. */
const TOKEN_RENEWED_MILLISECONDS = 10 * 60 * 1000

const tokens = new Map<string, { readonly token: string; readonly signedAt: number }>()

/** What a client of the service sends with every request. The same token as long as it is good. */
export function clientHeaders({ keyId, issuerId, privateKeyPath }: Announcement): Readonly<Record<string, string>> {
  const now = Date.now()
  let signed = tokens.get(keyId)
  if (signed === undefined || now - signed.signedAt > TOKEN_RENEWED_MILLISECONDS) {
    const privateKey = readFileSync(privateKeyPath, 'utf8')
    signed = { token: signToken({ keyId, issuerId, privateKey }, now), signedAt: now }
    tokens.set(keyId, signed)
  }
  return { authorization: `Bearer ${signed.token}`, accept: 'application/json' }
}

export const INVOCATIONS = '/v1/betaAppClipInvocations'

/** Path of one invocation with its titles. */
export function invocationPath(id: string): string {
  return `${INVOCATIONS}/${id}?include=betaAppClipInvocationLocalizations`
}

export function readOf(server: Announcement, id: string): Load {
  return { url: `${server.url}${invocationPath(id)}`, headers: clientHeaders(server) }
}

/** Another invocation with every request, at random. */
export function readOfAny(server: Announcement, ids: Ids): Load {
  return { ...readOf(server, ID), ids }
}
