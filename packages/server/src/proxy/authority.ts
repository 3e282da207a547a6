import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import { link, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { APPLE_HOST } from '@clipflight/contract'
import { makeFolder } from '../service/data-directory.ts'
import { writePrivateFile } from '../service/write-file.ts'
import { isOnlyFor } from './name-constraints.ts'

/** What TLS for Apple's host is ended with on this machine, and what clients trust for it. */
export interface Authority {
  /** Of the server and of the authority that signed it, PEM. */
  readonly chain: string
  /** PEM. */
  readonly key: string
  /** Of the authority alone, PEM. */
  readonly certificate: string
  /** The folder of all this. */
  readonly folder: string
  readonly certificatePath: string
}

const FOLDER = 'proxy'
/** Key and certificates in one file, so that they always belong together. */
const AUTHORITY_FILE = 'authority.pem'
const CERTIFICATE_FILE = 'ca.pem'

const RENEWED_DAYS_BEFORE = 30
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
/** Read, write or run by the group or by everybody. */
const FOR_OTHERS = 0o077

const PEM_BLOCK = /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----\n?/g

/**
 * The authority of a data directory; made if there is none, or it ends soon, or others could read its key. So it is if what
 * stands there is not what we write: clients would trust whatever a project's folder brought along, for every host.
 */
export async function openAuthority(dataDir: string, now: number): Promise<Authority> {
  const folder = join(dataDir, FOLDER)
  await makeFolder(folder)
  const path = join(folder, AUTHORITY_FILE)
  const authority = (await readAuthority(path, now)) ?? (await makeAuthority(path, now))
  const certificatePath = join(folder, CERTIFICATE_FILE)
  await writePrivateFile(certificatePath, authority.certificate)
  return { ...authority, folder, certificatePath }
}

type Pems = Pick<Authority, 'chain' | 'key' | 'certificate'>

async function makeAuthority(path: string, now: number): Promise<Pems> {
  // Only a first start needs it, and it takes 200 ms to load.
  const { makeCertificates } = await import('./make-certificates.ts')
  const { authority, server, serverKey } = await makeCertificates(APPLE_HOST, now)
  const draft = `${path}.${randomUUID()}`
  await writePrivateFile(draft, serverKey + server + authority)
  try {
    await link(draft, path)
    await rm(draft)
  } catch {
    // One is there: another process's, made at the same moment, or the one that is no good.
    const others = await readAuthority(path, now)
    if (others !== undefined) {
      await rm(draft)
      return others
    }
    await rename(draft, path)
  }
  return { key: serverKey, chain: server + authority, certificate: authority }
}

/** Undefined when there is none that can be used. */
async function readAuthority(path: string, now: number): Promise<Pems | undefined> {
  try {
    const { mode } = await stat(path)
    // Windows keeps no such modes.
    if (process.platform !== 'win32' && (mode & FOR_OTHERS) !== 0) return undefined
    const [key = '', server = '', certificate = ''] = pemBlocks(await readFile(path, 'utf8'))
    const found = new X509Certificate(server)
    const authority = new X509Certificate(certificate)
    const isOurs =
      found.checkPrivateKey(createPrivateKey(key)) &&
      found.checkHost(APPLE_HOST) !== undefined &&
      found.verify(authority.publicKey) &&
      authority.ca &&
      isOnlyFor(APPLE_HOST, authority)
    return isOurs && isGood(found, now) && isGood(authority, now)
      ? { key, chain: server + certificate, certificate }
      : undefined
  } catch {
    // Missing or spoilt: it is made anew.
    return undefined
  }
}

/** Whether it has begun, and does not end soon. */
function isGood({ validFromDate, validToDate }: X509Certificate, now: number): boolean {
  return validFromDate.getTime() <= now && validToDate.getTime() - RENEWED_DAYS_BEFORE * DAY_MILLISECONDS > now
}

/** The blocks of a PEM file, each with a line end. */
export function pemBlocks(text: string): readonly string[] {
  return [...text.matchAll(PEM_BLOCK)].map(([block]) => `${block.trimEnd()}\n`)
}
