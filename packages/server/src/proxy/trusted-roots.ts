import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getCACertificates } from 'node:tls'
import { writePrivateFile } from '../service/write-file.ts'
import { pemBlocks, type Authority } from './authority.ts'

/** Where distributions of Linux keep the roots in one file: Debian's family and Alpine, Red Hat's, SUSE's, others. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** Variables that clients take their roots from: whoever has set one trusts what it names. */
const BUNDLE_VARIABLES = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS']

const ROOTS_FILE = 'roots.pem'

/**
 * Writes what clients are to trust into one file and returns its path: the roots of this system and of the
 * environment, and the authority. Clients replace what they trust by such a file rather than add to it.
 */
export async function writeTrustedRoots(
  { folder, certificate }: Authority,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const path = join(folder, ROOTS_FILE)
  const own = await Promise.all(BUNDLE_VARIABLES.map((name) => readPems(environment[name])))
  // A variable may name what another run of ours has written, or the system's: no certificate stands there twice.
  const all = [...own.flat(), ...(await systemRoots()), certificate]
  const once = new Map(all.map((pem) => [pem.replaceAll(/\s/g, ''), pem]))
  await writePrivateFile(path, [...once.values()].join(''))
  return path
}

async function systemRoots(): Promise<readonly string[]> {
  if (process.platform === 'linux') {
    for (const path of SYSTEM_BUNDLES) {
      const found = await readPems(path)
      if (found.length > 0) return found
    }
  }
  return [...getCACertificates('system'), ...getCACertificates('bundled')].flatMap(pemBlocks)
}

async function readPems(path: string | undefined): Promise<readonly string[]> {
  if (!path) return []
  try {
    return pemBlocks(await readFile(path, 'utf8'))
  } catch {
    // Clients that are told of a file that is not there go on without, and so do we.
    return []
  }
}
