import { signToken, TOKEN_LIFETIME_SECONDS, type Config, type Service } from '@clipflight/server'

const SECONDS_PER_MINUTE = 60

/** One line for programs. */
export function writeJsonGreeting({ url, credentials, dataDir }: Service): string {
  const { issuerId = null, keyId = null, privateKeyPath = null } = credentials ?? {}
  return `${JSON.stringify({ url, issuerId, keyId, privateKeyPath, dataDir })}\n`
}

/** The same for people, and a request that they can paste. */
export function writeTextGreeting(service: Service, { publicUrl }: Config, now: number): string {
  const { url, credentials, dataDir } = service
  const lines: (readonly [string, string])[] = [
    ['URL', url],
    ...(publicUrl === undefined ? [] : [['Public URL', publicUrl] as const]),
    ['Reference', `${url}/docs`],
    ['Data', dataDir],
  ]
  if (credentials !== undefined) {
    lines.push(
      ['Issuer id', credentials.issuerId ?? 'none: an individual key'],
      ['Key id', credentials.keyId],
      ['Private key', credentials.privateKeyPath],
    )
  }
  const table = lines.map(([name, value]) => `  ${name.padEnd(12)} ${value}`).join('\n')
  const example =
    credentials === undefined
      ? ''
      : `
Try it; the token in it lasts ${TOKEN_LIFETIME_SECONDS / SECONDS_PER_MINUTE} minutes:

  curl -H 'Authorization: Bearer ${signToken(credentials, now)}' '${url}/v1/apps'
`
  return `Clipflight is ready.\n\n${table}\n${example}\nCtrl-C stops it.\n`
}
