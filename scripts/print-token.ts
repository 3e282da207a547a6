/** Prints a fresh bearer token, good for 20 minutes, for the key in a data directory (`.clipflight` unless named). */
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SignJWT } from 'jose'

const dataDir = process.argv[2] ?? '.clipflight'
const credentials: unknown = JSON.parse(readFileSync(join(dataDir, 'credentials.json'), 'utf8'))
const read = (name: string): string => {
  const value = typeof credentials === 'object' && credentials !== null ? Reflect.get(credentials, name) : undefined
  if (typeof value !== 'string') throw new Error(`${dataDir}/credentials.json has no ${name}`)
  return value
}

const token = await new SignJWT({})
  .setProtectedHeader({ alg: 'ES256', kid: read('keyId'), typ: 'JWT' })
  .setIssuer(read('issuerId'))
  .setIssuedAt()
  .setExpirationTime('20m')
  .setAudience('appstoreconnect-v1')
  .sign(createPrivateKey(readFileSync(read('privateKeyPath'))))
process.stdout.write(`${token}\n`)
