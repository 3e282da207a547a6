import type { ConsoleOperationName, Input, Output } from '@clipflight/control'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Authority } from './authority.ts'

/** One request for an operation of the console. */
export interface Asking {
  /** Undefined only where anybody may ask. */
  readonly authority: Authority | undefined
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** What each does. Refuses by throwing `ApiError`, and has changed nothing then. */
export type ConsoleOperations = {
  readonly [N in ConsoleOperationName]: (asking: Asking, input: Input<N>) => Promise<Output<N>>
}

/** What the console adds to the control API. */
export interface ConsoleSide {
  /** Who the session of a request proves; undefined where nobody. */
  readonly identify: (request: FastifyRequest) => Promise<Authority | undefined>
  readonly operations: () => Promise<ConsoleOperations>
}
