import { readFileSync } from 'node:fs'
import { codeOf, notAuthorised, wrongUsage, type CommandError } from '../command-error.ts'
import { warnOfOthers, type Warn } from './key-file.ts'
import type { PartialKey } from './partial-key.ts'
import { readPrivateKey, refuseKeyText } from './signing-key.ts'

/**
 * A key in fastlane's `api_key.json`. Its members beyond the key are not used: no file that may be in a repository
 * says where tokens are sent.
 */
export function readFastlaneFile(path: string, source: string, warn: Warn): PartialKey {
  refuseKeyText(path, 'the path of its file')
  const members = readMembers(path)
  const text = (name: string): string | undefined => {
    const value = members.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const keyId = text('key_id')
  const key = text('key')
  if (keyId === undefined || key === undefined)
    throw notAuthorised(`${path} lacks ${keyId === undefined ? 'key_id' : 'key'}, which fastlane's key files have`)
  if (members.get('in_house') === true) throw noEnterprise(`${path} says in_house`)
  warnOfOthers(path, warn)
  const isBase64 = members.get('is_key_content_base64') === true
  return {
    source,
    keyId,
    issuerId: text('issuer_id'),
    readPrivateKey: () => readPrivateKey(isBase64 ? fromBase64(key) : key, path),
    isComplete: true,
  }
}

function readMembers(path: string): ReadonlyMap<string, unknown> {
  let text
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw notAuthorised(`The key file ${path} cannot be read (${codeOf(error)})`)
  }
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json === 'object' && json !== null) return new Map(Object.entries(json))
  } catch {
    // Said below; what the parser says may repeat a part of the key.
  }
  throw notAuthorised(
    `${path} is no JSON object, as fastlane's key files are`,
    'A .p8 file is named with --private-key-path.',
  )
}

export function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8')
}

/** Its keys belong to another host, which has no TestFlight. */
export function noEnterprise(where: string): CommandError {
  return wrongUsage(
    `${where}: keys of the Apple Developer Enterprise Program do not reach App Clip invocations, for it has no TestFlight`,
    'Use a key of App Store Connect.',
  )
}
