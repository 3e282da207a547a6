import { readPrivateKey, signToken, TOKEN_SECONDS } from '@clipflight/client'
import type { Config, Credentials, Service } from '@clipflight/server'
import { dataDirFlag } from '../../connection/local-service.ts'

const SECONDS_PER_MINUTE = 60

/** One line for programs. */
export function writeJsonGreeting({ url, credentials, dataDir }: Service): string {
  const { issuerId = null, keyId = null, privateKeyPath = null } = credentials ?? {}
  return `${JSON.stringify({ url, issuerId, keyId, privateKeyPath, dataDir })}\n`
}

/** What the command is called by: npm has it on the path of what npm runs, and not on that of the next terminal. */
function commandIn({ npm_lifecycle_event: isRunByNpm }: NodeJS.ProcessEnv): string {
  return isRunByNpm === undefined ? 'clipflight' : 'npx clipflight'
}

/** The same for people, and a request that they can paste. */
export async function writeTextGreeting(
  service: Service,
  { publicUrl, console }: Config,
  now: number,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const command = commandIn(environment)
  const { url, credentials, dataDir, adminToken } = service
  const lines: (readonly [string, string])[] = [
    ['URL', url],
    ...(publicUrl === undefined ? [] : [['Public URL', publicUrl] as const]),
    ['Reference', `${url}/docs`],
    ...(console ? [['Console', `${url}/console`] as const] : []),
    ['Data', dataDir],
  ]
  if (credentials !== undefined) {
    lines.push(
      ['Issuer id', credentials.issuerId ?? 'none: an individual key'],
      ['Key id', credentials.keyId],
      ['Private key', credentials.privateKeyPath],
    )
  }
  const flag = dataDirFlag(dataDir)
  const behindVerbs = flag === '' ? '' : `, and behind its verbs${flag}`
  if (adminToken !== undefined) lines.push(['Control', `${command} sandbox --help${behindVerbs}`])
  if (adminToken !== undefined && console) lines.push(['Sign in', `${command} console${flag}`])
  const table = lines.map(([name, value]) => `  ${name.padEnd(12)} ${value}`).join('\n')
  const example =
    credentials === undefined
      ? ''
      : `
Try it; the token in it lasts ${TOKEN_SECONDS / SECONDS_PER_MINUTE} minutes:

  curl -H 'Authorization: Bearer ${await tokenOf(credentials, now)}' '${url}/v1/apps'
`
  return `Clipflight is ready.\n\n${table}\n${example}\nCtrl-C stops it.\n`
}

async function tokenOf({ keyId, issuerId, privateKey }: Credentials, now: number): Promise<string> {
  const key = issuerId === null ? ({ keyId, privateKey, individual: true } as const) : { keyId, privateKey, issuerId }
  return signToken(key, await readPrivateKey(privateKey), now)
}
