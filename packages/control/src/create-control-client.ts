import { createControlClientOf, type ControlClient, type ControlClientOptions } from './control-client.ts'
import { requestLines } from './request-lines.ts'

/** A client of the control API of one service. The token goes nowhere else: redirects are refused. */
export function createControlClient(options: ControlClientOptions): ControlClient {
  return createControlClientOf(requestLines, options)
}
