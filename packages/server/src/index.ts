export { CannotStart } from './service/cannot-start.ts'
export {
  BadOptions,
  readConfig,
  SERVICE_OPTIONS,
  type Config,
  type Options,
  type ServiceOption,
} from './service/config.ts'
export type { Credentials } from './service/credentials.ts'
export { signToken, TOKEN_LIFETIME_SECONDS, type Signer } from './service/sign-token.ts'
export { startService, type Service, type Surroundings } from './service/start-service.ts'
