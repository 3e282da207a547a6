import { openAuthority, writeTrustedRoots } from '@clipflight/server'
import { findRunningService } from './find-running-service.ts'
import type { RunningProxy } from './proxy-file.ts'
import type { Way } from './variables.ts'
import { writeNotice } from './write-notice.ts'

/** The way through a proxy that runs with this data directory in another process. */
export async function wayTo(proxy: RunningProxy, dataDir: string, environment: NodeJS.ProcessEnv): Promise<Way> {
  const authority = await openAuthority(dataDir, Date.now())
  const service = await findRunningService(dataDir, Date.now(), writeNotice)
  return {
    proxyUrl: proxy.url,
    dataDir,
    certificatePath: authority.certificatePath,
    rootsPath: await writeTrustedRoots(authority, environment),
    key: service?.key,
  }
}
