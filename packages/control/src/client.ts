export { ControlError, type ControlProblem } from './control-error.ts'
export { createControlClientOf, type ControlClient } from './control-client.ts'
