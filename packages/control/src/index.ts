export { BUNDLE_TYPES, PROCESSING_RESULTS, type BuildCreation, type MadeBuild } from './build.ts'
export type { ClockChange, ClockState } from './clock.ts'
export type { ConsoleOperationName } from './console-operations.ts'
export { CONSOLE_KEY } from './console-key.ts'
export { CONTROL_PATH } from './control-path.ts'
export { ControlError, writeControlProblem, type ControlProblem } from './control-error.ts'
export type {
  ControlCall,
  ControlClient,
  ControlClientOptions,
  ControlCredentials,
  FollowCall,
} from './control-client.ts'
export { createControlClient } from './create-control-client.ts'
export { completeRule, isAboutBuilds, type RuleComplaint } from './faults/complete-rule.ts'
export { LONGEST_DELAY_MILLISECONDS } from './faults/longest-delay.ts'
export type {
  Fault,
  FaultAnswer,
  FaultCreation,
  FaultDelay,
  FaultMatch,
  FaultRule,
  FaultThen,
  FaultWhen,
} from './faults/fault-rule.ts'
export { presets, type Preset } from './faults/presets.ts'
export { hasStatus } from './has-status.ts'
export type { LoggedRequest, RequestQuery, RequestSearch } from './logged-request.ts'
export { matchOperation, type MatchedOperation } from './match-operation.ts'
export { controlDocument } from './openapi.ts'
export type { Access, Operation } from './operation.ts'
export {
  operationNamed,
  operationNames,
  operations,
  type Input,
  type OperationName,
  type Output,
} from './operations.ts'
export { toPathPattern, type PathPattern } from './path-pattern.ts'
export { complaintsOf, readInput, type InputComplaint, type ReadInput, type RequestParts } from './read-input.ts'
export type { Session, SignIn, SignInCode } from './session.ts'
export { SESSION_COOKIE } from './session-cookie.ts'
export type { Snapshot } from './snapshot.ts'
export type { Key, KeyCreation, MadeKey, MadeTeam, Team, TeamCreation } from './team.ts'
export type { MadeTesterLink, TesterBuild, TesterLink } from './tester.ts'
