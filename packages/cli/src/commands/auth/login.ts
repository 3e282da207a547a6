import { APPLE_BASE_URL } from '@clipflight/client'
import { keyFileName } from '@clipflight/contract'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { ask, confirm, isInteractive } from '../../terminal/ask.ts'
import { notAuthorised, wrongUsage } from '../../command-error.ts'
import { readBaseUrl } from '../../connection/base-url.ts'
import { connect } from '../../connection/connect.ts'
import { explainFailure } from '../../connection/explain-failure.ts'
import { keyFilesInFolders, keyIdOfFile, readKeyFile, type Warn } from '../../connection/key-file.ts'
import { findLocalService, usualDataDirectory } from '../../connection/local-service.ts'
import { profilesPath, readProfiles, writeProfiles, type Profile } from '../../connection/profiles.ts'
import { refuseKeyText } from '../../connection/signing-key.ts'
import { warnOnceOn } from '../../terminal/print-error.ts'
import { openPrinter } from '../../terminal/printer.ts'
import { startProgress } from '../../terminal/progress.ts'
import type { OutputOptions } from '../options.ts'
import { warnOfVariables } from './profiles.ts'

export interface LoginOptions extends OutputOptions {
  readonly name?: string
  readonly privateKeyPath?: string
  readonly keyId?: string
  readonly issuerId?: string
  readonly individual?: true
  readonly baseUrl?: string
  readonly local?: true
  readonly dataDir?: string
  /** True unless `--no-verify`. */
  readonly verify: boolean
  readonly yes?: true
}

const DEFAULT_NAME = 'default'

/** Saves the key that options and answers name, once the service has accepted it, and puts it to use. */
export async function runLogin(options: LoginOptions): Promise<void> {
  const printer = openPrinter(options.output)
  const warn = warnOnceOn(process.stderr)
  const isLocal = options.local === true || options.dataDir !== undefined
  const profile = isLocal ? localProfile(options, warn) : await askForProfile(options, warn)
  const privateKey = readKeyFile(profile.privateKeyPath, warn)
  const name = await askForName(options)
  const saved = readProfiles(process.env)
  if (Object.hasOwn(saved.profiles, name)) await confirm(`Replace the profile '${name}'?`, options.yes)
  if (options.verify) await verify(profile, privateKey, isLocal ? 'the service that runs here' : sourceOfUrl(options))
  await writeProfiles(process.env, { inUse: name, profiles: { ...saved.profiles, [name]: profile } })
  warnOfVariables()
  await printer.done(
    { name, ...profile },
    `Saved the key ${profile.keyId} for ${new URL(profile.baseUrl).host} as '${name}', which is now in use (${profilesPath(process.env)})`,
  )
}

function localProfile({ dataDir = usualDataDirectory(process.env) }: LoginOptions, warn: Warn): Profile {
  const { keyId = '', issuerId, baseUrl } = findLocalService(dataDir, warn)
  return { keyId, issuerId, baseUrl, privateKeyPath: join(resolve(dataDir), keyFileName(keyId)) }
}

async function askForProfile(options: LoginOptions, warn: Warn): Promise<Profile> {
  const [found = ''] = keyFilesInFolders(process.env, warn)
  const path = await given(options.privateKeyPath, '--private-key-path', 'Private key file (.p8)', found)
  refuseKeyText(path, 'the path of its file')
  const privateKeyPath = resolve(path.replace(/^~(?=\/)/, homedir()))
  // Before more is asked: without the key nothing else matters.
  if (!existsSync(privateKeyPath))
    throw notAuthorised(
      `There is no key file ${privateKeyPath}`,
      'App Store Connect hands out keys under Users and Access, Integrations.',
    )
  readKeyFile(privateKeyPath, warn)
  const keyId = await given(options.keyId ?? keyIdOfFile(privateKeyPath), '--key-id', 'Key id')
  refuseKeyText(keyId, 'its id')
  const issuerId = options.individual === true ? undefined : await askForIssuer(options)
  refuseKeyText(issuerId, 'the issuer')
  const baseUrl = options.baseUrl === undefined ? APPLE_BASE_URL : readBaseUrl(options.baseUrl, '--base-url')
  return { keyId, issuerId, privateKeyPath, baseUrl }
}

async function askForIssuer({ issuerId }: LoginOptions): Promise<string | undefined> {
  if (issuerId !== undefined) return issuerId
  if (!isInteractive(process.env))
    throw wrongUsage(
      'The issuer is not given',
      "Name it with --issuer-id; a person's key, which has none, with --individual.",
    )
  const answer = await ask("Issuer id (empty for a person's key)")
  return answer === '' ? undefined : answer
}

async function askForName({ name }: LoginOptions): Promise<string> {
  const chosen = name ?? (isInteractive(process.env) ? await ask('Name of the profile', DEFAULT_NAME) : DEFAULT_NAME)
  refuseKeyText(chosen, 'the name of a profile')
  if (!/^[\w.-]{1,64}$/.test(chosen))
    throw wrongUsage(`'${chosen}' is no name for a profile: letters, digits, '.', '-' and '_' are`)
  return chosen
}

/** What the option says, or what is answered on a terminal. */
async function given(option: string | undefined, flag: string, question: string, fallback = ''): Promise<string> {
  if (option !== undefined) return option
  const answer = isInteractive(process.env) ? await ask(question, fallback) : ''
  if (answer === '') throw wrongUsage(`${question} is not given`, `Say it with ${flag}.`)
  return answer
}

function sourceOfUrl({ baseUrl }: LoginOptions): string {
  return baseUrl === undefined ? 'the default' : '--base-url'
}

/** Asks the service for anything, so that a key that it does not accept is not saved. */
async function verify(
  { keyId, issuerId, baseUrl, privateKeyPath }: Profile,
  privateKey: string,
  baseUrlSource: string,
): Promise<void> {
  const found = { keyId, issuerId, baseUrl, privateKey, keySource: privateKeyPath, baseUrlSource }
  const progress = startProgress(`Asking ${new URL(baseUrl).host} …`, process.stderr, process.env)
  try {
    await connect(found).apps.list({ limit: 1 }).page()
  } catch (error) {
    throw explainFailure(error, found)
  } finally {
    progress.stop()
  }
}
