import { readdirSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { keyIdOfFileName } from '@clipflight/contract'
import { codeOf, notAuthorised } from '../command-error.ts'
import { toShellWord } from '../shell-word.ts'
import { readPrivateKey, refuseKeyText } from './signing-key.ts'

/** Read, write or run by the group or by everybody. */
const FOR_OTHERS = 0o077

export type Warn = (text: string) => void

/** The private key in a file, which a variable may have named; warns when others can read it. */
export function readKeyFile(path: string, warn: Warn, variable?: string): string {
  refuseKeyText(path, 'the path of its file')
  try {
    const key = readPrivateKey(readFileSync(path, 'utf8'), path)
    warnOfOthers(path, warn)
    return key
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw notAuthorised(
      `The key file ${path}${variable === undefined ? '' : `, which ${variable} names,`} cannot be read (${codeOf(error)})`,
      `Name one that is there: ${variable ?? '--private-key-path FILE'}`,
    )
  }
}

/** Windows keeps no such modes. */
export function warnOfOthers(path: string, warn: Warn): void {
  if (process.platform === 'win32') return
  const { mode } = statSync(path)
  if ((mode & FOR_OTHERS) !== 0)
    warn(`${path} holds a private key, and others on this machine can read it: chmod 600 ${toShellWord(path)}`)
}

/** Such as `2X9R4HXF34` of `AuthKey_2X9R4HXF34.p8`. */
export function keyIdOfFile(path: string): string | undefined {
  return keyIdOfFileName(basename(path))
}

/** Where Apple's own tools look for keys, in their order. */
export function keyFolders(environment: NodeJS.ProcessEnv): readonly string[] {
  const home = homedir()
  const own = environment['API_PRIVATE_KEYS_DIR']
  return [
    ...(own === undefined || own === '' ? [] : [resolve(own)]),
    resolve('private_keys'),
    join(home, 'private_keys'),
    join(home, '.private_keys'),
    join(home, '.appstoreconnect', 'private_keys'),
  ]
}

/** Every key file in those folders; warns of a folder that is there and cannot be read. */
export function keyFilesInFolders(environment: NodeJS.ProcessEnv, warn: Warn): string[] {
  return keyFolders(environment)
    .flatMap((folder) =>
      namesIn(folder, warn)
        .toSorted()
        .map((name) => join(folder, name)),
    )
    .filter((path) => keyIdOfFile(path) !== undefined)
}

function namesIn(folder: string, warn: Warn): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') warn(`No key is looked for in ${folder}, which cannot be read (${codeOf(error)})`)
    return []
  }
}
