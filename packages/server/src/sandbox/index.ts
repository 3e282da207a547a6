export {
  startSandbox,
  type Sandbox,
  type SandboxCredentials,
  type SandboxOptions,
  type SandboxTeam,
} from './start-sandbox.ts'
export type { Clock } from '../clock/clock.ts'
