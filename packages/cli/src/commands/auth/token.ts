import { readPrivateKey, signToken } from '@clipflight/client'
import { findConnection, type ConnectionOptions } from '../../connection/find-connection.ts'
import { warnOnceOn } from '../../terminal/print-error.ts'

/** Prints a token of the key that is used here, and nothing else. */
export async function printToken(options: ConnectionOptions): Promise<void> {
  const { keyId, issuerId, privateKey } = findConnection(options, process.env, warnOnceOn(process.stderr))
  const key =
    issuerId === undefined ? ({ keyId, privateKey, individual: true } as const) : { keyId, privateKey, issuerId }
  process.stdout.write(`${await signToken(key, await readPrivateKey(privateKey), Date.now())}\n`)
}
