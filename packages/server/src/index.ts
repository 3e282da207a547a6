export { openAuthority, type Authority } from './proxy/authority.ts'
export { forwardTo } from './proxy/forward-to.ts'
export { ID_PATH } from './proxy/answer-plain.ts'
export { startProxy, type Proxy } from './proxy/start-proxy.ts'
export { readTarget, writeTarget, type Target } from './proxy/target.ts'
export { writeTrustedRoots } from './proxy/trusted-roots.ts'
export { CannotStart } from './service/cannot-start.ts'
export {
  BadOptions,
  readConfig,
  SERVICE_OPTIONS,
  type Config,
  type Options,
  type ServiceOption,
} from './service/config.ts'
export { FASTLANE_KEY_FILE, type Credentials } from './service/credentials.ts'
export { makeDataDirectory } from './service/data-directory.ts'
export { writePrivateFile } from './service/write-file.ts'
export { startService, type Service, type Surroundings } from './service/start-service.ts'
