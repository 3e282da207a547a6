import { isOnThisMachine } from '@clipflight/client'

/** The proxy on this machine that requests to others go through; undefined when they go through none. */
export function localProxy(environment: NodeJS.ProcessEnv): string | undefined {
  const proxy = environment['https_proxy'] || environment['HTTPS_PROXY']
  // Node heeds them only then.
  if (environment['NODE_USE_ENV_PROXY'] !== '1' || !proxy) return undefined
  return isOnThisMachine(proxy) ? proxy : undefined
}
