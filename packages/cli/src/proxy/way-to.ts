import { openAuthority, writeTrustedRoots } from '@clipflight/server'
import { failed } from '../command-error.ts'
import { findRunningService } from './find-running-service.ts'
import { findRunningProxy } from './proxy-file.ts'
import type { Way } from './variables.ts'
import { writeNotice } from './write-notice.ts'

/** The way through the proxy that runs with this data directory in another process. */
export async function wayTo(dataDir: string, environment: NodeJS.ProcessEnv): Promise<Way> {
  const proxy = await findRunningProxy(dataDir)
  if (proxy === undefined) throw failed(`The proxy of ${dataDir} has just ended`)
  const authority = await openAuthority(dataDir, Date.now())
  const service = await findRunningService(dataDir, Date.now(), writeNotice)
  return {
    proxyUrl: proxy.url,
    certificatePath: authority.certificatePath,
    rootsPath: await writeTrustedRoots(authority, environment),
    key: service?.key,
  }
}
