import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { codeOf, failed } from '../command-error.ts'
import { isLocal, readBaseUrl } from './base-url.ts'
import { readKeyFile, type Warn } from './key-file.ts'
import type { PartialKey } from './partial-key.ts'

/** Where a service of this folder keeps its data unless it is told otherwise. */
export function usualDataDirectory(environment: NodeJS.ProcessEnv): string {
  return environment['CLIPFLIGHT_DATA_DIR'] || '.clipflight'
}

/**
 * The service that `clipflight serve` runs with this data directory, and its key. The directory may come with a
 * repository: so the key is read from beside the file only, and the service must be on this machine.
 */
export function findLocalService(dataDir: string, warn: Warn): PartialKey & { readonly baseUrl: string } {
  const path = join(resolve(dataDir), 'credentials.json')
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw failed(
      `No service is found through ${path} (${codeOf(error)})`,
      'Start one in this folder: clipflight serve',
      'One that runs with another data directory is named with --data-dir.',
    )
  }
  const members = new Map<string, unknown>(Object.entries(typeof json === 'object' && json !== null ? json : {}))
  const text = (name: string): string | undefined => {
    const value = members.get(name)
    return typeof value === 'string' ? value : undefined
  }
  const keyId = text('keyId')
  const url = text('url')
  if (keyId === undefined || url === undefined || !/^[A-Za-z0-9]+$/.test(keyId))
    throw failed(`${path} is not as \`clipflight serve\` writes it`, 'Start the service again.')
  if (!isLocal(url)) {
    throw failed(
      `${path} names a service that is not on this machine: ${url}`,
      'A key is not sent where a file in a folder says. If it is meant, name it: --base-url, or ASC_BASE_URL.',
    )
  }
  return {
    source: `the service of ${resolve(dataDir)}`,
    keyId,
    issuerId: text('issuerId'),
    readPrivateKey: () => readKeyFile(join(resolve(dataDir), `AuthKey_${keyId}.p8`), warn),
    isComplete: true,
    baseUrl: readBaseUrl(url, path),
  }
}
