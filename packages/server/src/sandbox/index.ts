export { startSandbox, type Sandbox, type SandboxCredentials, type SandboxTeam } from './start-sandbox.ts'
export type { SandboxOptions, TeamOptions } from './options.ts'
export type { Clock } from '../clock/clock.ts'
export type { Client } from '@clipflight/client'
export type {
  BuildCreation,
  Fault,
  FaultCreation,
  KeyCreation,
  LoggedRequest,
  MadeBuild,
  MadeKey,
  RequestSearch,
} from '@clipflight/control'
