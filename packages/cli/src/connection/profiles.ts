import { chmodSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { makePrivateFolder, writePrivateFile } from '@clipflight/private-files'
import { codeOf, failed, notFound } from '../command-error.ts'
import { toShellWord } from '../shell-word.ts'
import { readBaseUrl } from './base-url.ts'
import { refuseKeyText } from './signing-key.ts'

/** A key under a name: where it is, never the key itself, so that there is one copy of it. */
export interface Profile {
  readonly keyId: string
  /** Absent for a person's key. */
  readonly issuerId?: string | undefined
  /** Absolute. */
  readonly privateKeyPath: string
  readonly baseUrl: string
}

export interface Profiles {
  /** The one that is used when none is named. */
  readonly inUse: string | undefined
  readonly profiles: Readonly<Record<string, Profile>>
}

const OWNER_ONLY_DIRECTORY = 0o700
const NONE: Profiles = { inUse: undefined, profiles: {} }

/** `$XDG_CONFIG_HOME/clipflight`, and `~/.config/clipflight` without it. */
function configDirectory(environment: NodeJS.ProcessEnv): string {
  const given = environment['XDG_CONFIG_HOME']
  // The specification has relative paths ignored.
  const base = given !== undefined && isAbsolute(given) ? given : join(homedir(), '.config')
  return join(base, 'clipflight')
}

export function profilesPath(environment: NodeJS.ProcessEnv): string {
  return join(configDirectory(environment), 'profiles.json')
}

/** The saved profiles; none when nothing was saved yet. */
export function readProfiles(environment: NodeJS.ProcessEnv): Profiles {
  const path = profilesPath(environment)
  let text
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return NONE
    throw failed(`The profiles in ${path} cannot be read (${codeOf(error)})`)
  }
  const read = toProfiles(parse(text), path)
  if (read === undefined) {
    throw failed(
      `${path} does not hold profiles as \`clipflight auth login\` writes them`,
      'Mend it, or remove it and log in again.',
    )
  }
  return read
}

/** Saves them for the owner only: the old or the new ones are there at any moment, never half of them. */
export async function writeProfiles(environment: NodeJS.ProcessEnv, profiles: Profiles): Promise<void> {
  const path = profilesPath(environment)
  try {
    await makePrivateFolder(configDirectory(environment))
    chmodSync(configDirectory(environment), OWNER_ONLY_DIRECTORY)
    await writePrivateFile(path, `${JSON.stringify(profiles, undefined, 2)}\n`)
  } catch (error) {
    throw failed(`The profiles in ${path} cannot be written (${codeOf(error)})`)
  }
}

/** The profile of that name; an error that lists those there are when there is none. */
export function profileNamed(name: string, { profiles }: Profiles): Profile {
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (profile !== undefined) return profile
  refuseKeyText(name, 'the name of a profile')
  const names = Object.keys(profiles)
  throw notFound(
    `There is no profile '${name}'`,
    names.length === 0
      ? `Make one: clipflight auth login --name ${toShellWord(name)}`
      : `There is: ${names.join(', ')}`,
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toProfiles(json: unknown, path: string): Profiles | undefined {
  const members = membersOf(json)
  const inUse = members?.get('inUse')
  const profiles = membersOf(members?.get('profiles'))
  if (profiles === undefined) return undefined
  const read = [...profiles].flatMap(([name, each]) => {
    const profile = toProfile(membersOf(each), `${path}: baseUrl of '${name}'`)
    return profile === undefined ? [] : [[name, profile] as const]
  })
  if (read.length < profiles.size) return undefined
  return { inUse: typeof inUse === 'string' ? inUse : undefined, profiles: Object.fromEntries(read) }
}

function toProfile(members: ReadonlyMap<string, unknown> | undefined, where: string): Profile | undefined {
  const text = (name: string): string | undefined => {
    const value = members?.get(name)
    return typeof value === 'string' ? value : undefined
  }
  const keyId = text('keyId')
  const privateKeyPath = text('privateKeyPath')
  const baseUrl = text('baseUrl')
  if (keyId === undefined || privateKeyPath === undefined || baseUrl === undefined) return undefined
  return { keyId, issuerId: text('issuerId'), privateKeyPath, baseUrl: readBaseUrl(baseUrl, where) }
}

function membersOf(json: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? new Map(Object.entries(json)) : undefined
}
