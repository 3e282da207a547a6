import type { Resource } from '@clipflight/contract'
import { readDocument } from './answer-document.ts'
import type { Call } from './call.ts'
import type { Connection } from './connection.ts'
import { inlineChildrenOf, writeCreate } from './input.ts'
import { isUnclear, statusOf } from './judge-answer.ts'
import { canBeLookedUp, lookUp, type Creation } from './look-up.ts'
import type { CallOptions } from './options.ts'
import type { DefinitionsByType } from './resource-types.ts'
import { toResults } from './result.ts'
import { UnexpectedAnswerError } from './unexpected-answer-error.ts'

type Input = Readonly<Record<string, unknown>>
type Created = Record<string, unknown>

interface CreateParts {
  readonly resource: Resource
  readonly definitions: DefinitionsByType
  readonly connection: Connection
}

/**
 * Creates resources, each once. A POST that may have arrived is not sent again before the service was asked for
 * what it would have made; throws when a definition is missing that this takes.
 */
export function createOperation({ resource, definitions, connection }: CreateParts) {
  const children = inlineChildrenOf(resource, definitions)

  return async (input: Input, options?: CallOptions): Promise<Created> => {
    const creation: Creation = { resource, definitions, children, input }
    const body = writeCreate(resource, children, input)
    return connection.call(options, (call) => createOnce(call, creation, body))
  }
}

async function createOnce(call: Call, creation: Creation, body: object): Promise<Created> {
  const { resource } = creation
  for (let tries = 1; ; tries++) {
    try {
      const answer = await call.send({ method: 'POST', path: `/v1/${resource.type}`, body, again: 'unsafe' })
      const [created] = toResults(creation, readDocument(answer), answer)
      if (created === undefined) throw new UnexpectedAnswerError(answer, 'is about nothing')
      return created
    } catch (error) {
      // A first try that was slow can have arrived after it was looked for, and then stands in the way of the second.
      const isTaken = tries > 1 && statusOf(error) === 409
      const isOpen = isUnclear(error)
      if ((!isTaken && !isOpen && !isGarbledYes(error)) || !canBeLookedUp(creation)) throw error
      const mayTryAgain = isOpen && (await call.mayTryAgain(error, tries))
      const found = await lookUp(call, creation).catch(() => {
        // Whoever called wants to know what became of the creation, and not of the looking.
        call.signal.throwIfAborted()
        throw error
      })
      if (found !== undefined) return found
      if (!mayTryAgain) throw error
    }
  }
}

/** Whether a creation was answered with success, and with something that does not say what was created. */
function isGarbledYes(error: unknown): boolean {
  return error instanceof UnexpectedAnswerError && error.status >= 200 && error.status < 300
}
