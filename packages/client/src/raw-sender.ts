import type { RawRequest } from './call.ts'
import { openConnection } from './connection.ts'
import type { Answer } from './exchange.ts'
import type { CallOptions, ClientOptions } from './options.ts'

/** Sends requests as they are written, each once, and resolves with whatever is answered: a refusal is no error. */
export type RawSender = (request: RawRequest, options?: CallOptions) => Promise<Answer>

/** A sender with the tokens, the pace and the deadlines of a client's calls. For looking at a service, not for using it. */
export function createRawSender(options: ClientOptions): RawSender {
  const connection = openConnection(options)
  return (request, callOptions) => connection.call(callOptions, ({ sendRaw }) => sendRaw(request))
}
