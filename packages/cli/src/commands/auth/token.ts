import { readPrivateKey, signToken } from '@clipflight/client'
import { apiKeyOf } from '../../connection/connect.ts'
import { findConnection } from '../../connection/find-connection.ts'
import type { ConnectionOptions } from '../../connection/key-sources.ts'
import { warnOnceOn } from '../../terminal/print-error.ts'

/** Prints a token of the key that is used here, and nothing else. */
export async function printToken(options: ConnectionOptions): Promise<void> {
  const found = findConnection(options, process.env, warnOnceOn(process.stderr))
  process.stdout.write(`${await signToken(apiKeyOf(found), await readPrivateKey(found.privateKey), Date.now())}\n`)
}
