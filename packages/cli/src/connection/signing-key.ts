import { createPrivateKey, type KeyObject } from 'node:crypto'
import { notAuthorised, wrongUsage } from '../command-error.ts'
import { nameWrongKey } from './name-wrong-key.ts'

/** What tokens are signed with: a team's key, or a person's, which has no issuer. */
export interface SigningKey {
  readonly keyId: string
  readonly issuerId: string | undefined
  /** PKCS#8, PEM. */
  readonly privateKey: string
}

const DOWNLOAD_ADVICE =
  'App Store Connect hands out keys under Users and Access, Integrations, as AuthKey_<KEY ID>.p8, each of them once.'

/**
 * The text of a private key as signing takes it. `where` names the file or variable it is from, for errors; nothing
 * of the key is in them.
 */
export function readPrivateKey(text: string, where: string): string {
  const pem = rebuild(text)
  const key = parse(pem)
  if (key === undefined) {
    const { what, advice = DOWNLOAD_ADVICE } = nameWrongKey(text)
    throw notAuthorised(`${where} ${what}`, advice)
  }
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw notAuthorised(`${where} holds a key that is not on the curve P-256 (${describe(key)})`, DOWNLOAD_ADVICE)
  }
  return pem
}

/** As a PEM, in base64, or in fastlane's JSON. */
const KEY_TEXT = /PRIVATE KEY|LS0tLS1CRUdJTi|^\s*\{/

/**
 * Throws where the text of a key stands in place of its name: what fails later would quote it, in logs that others
 * read, and an id is sent along with every request. `what` is what was expected.
 */
export function refuseKeyText(text: string | undefined, what: string): void {
  if (text === undefined || !KEY_TEXT.test(text)) return
  throw wrongUsage(
    `The text of a key is given where ${what} belongs (it is not repeated here)`,
    'The text itself goes into ASC_PRIVATE_KEY, and nowhere else.',
  )
}

/**
 * Between its marks a key has the lines of a PEM again, whatever became of them: variables of CI systems hold literal
 * `\n`, and secret stores spaces, or nothing.
 */
function rebuild(text: string): string {
  const [, body = ''] = /-----BEGIN PRIVATE KEY-----([^]+)-----END PRIVATE KEY-----/.exec(text) ?? []
  const lines = body.replaceAll(/\\[nr]|\s/g, '').match(/.{1,64}/g) ?? []
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
}

function parse(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    // The reasons OpenSSL gives help nobody: it is not a key.
    return undefined
  }
}

function describe(key: KeyObject): string {
  return key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType ?? 'of an unknown kind'
}
