import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makePrivateFolder } from '@clipflight/private-files'
import { makeDataDirectory } from '@clipflight/server'
import { failed } from '../command-error.ts'
import { dataDirFlag } from '../connection/local-service.ts'
import { findRunningProxy, type RunningProxy } from './proxy-file.ts'
import { writeNotice } from './write-notice.ts'

const OWNER_ONLY = 0o600

/** Starts `clipflight proxy` in a process that outlives this one, and resolves when it is ready. */
export async function startInBackground(dataDir: string, words: readonly string[]): Promise<RunningProxy> {
  await makeDataDirectory(dataDir)
  const folder = join(dataDir, 'proxy')
  await makePrivateFolder(folder)
  const logPath = join(folder, 'proxy.log')
  const log = await open(logPath, 'w', OWNER_ONLY)
  const [, main = ''] = process.argv
  const child = spawn(process.execPath, [...process.execArgv, main, 'proxy', ...words], {
    detached: true,
    // Its standard output would put a private key into a log.
    stdio: ['ignore', 'ignore', log.fd, 'ipc'],
  })
  await log.close()
  const isReady = await Promise.race([once(child, 'message').then(() => true), once(child, 'exit').then(() => false)])
  if (!isReady) {
    const said = await readFile(logPath, 'utf8')
    throw failed('The proxy did not start', ...said.trimEnd().split('\n'))
  }
  child.disconnect()
  child.unref()
  const proxy = await findRunningProxy(dataDir)
  if (proxy === undefined) throw failed('The proxy ended as soon as it had started', `Its log: ${logPath}`)
  writeNotice(
    `a proxy runs in the background (process ${child.pid}, log ${logPath}); clipflight proxy --stop${dataDirFlag(dataDir)} ends it`,
  )
  return proxy
}
