import { readDocument, type RawDocument } from './answer-document.ts'
import type { ApiRequest } from './call.ts'
import type { Connection } from './connection.ts'
import type { Answer } from './exchange.ts'
import { listOf, type List } from './list.ts'
import { nextPathOf } from './next-path.ts'
import type { CallOptions } from './options.ts'
import { UnexpectedAnswerError } from './unexpected-answer-error.ts'

/** How something is asked for: over which connection, with which options, and what the data come to. */
export interface Asking<T> {
  readonly connection: Connection
  readonly options: CallOptions | undefined
  readonly toItems: (document: RawDocument, answer: Answer) => T[]
}

/** The path of a resource, or of what is below it. Throws for an id that would lead elsewhere. */
export function pathOf(type: string, id: string, below = ''): string {
  if (!/[^.]/.test(id)) throw new TypeError(`'${id}' is no id of '${type}'.`)
  return `/v1/${type}/${encodeURIComponent(id)}${below}`
}

/** Lists what a path answers, page by page. */
export function readMany<T>(path: string, { connection, options, toItems }: Asking<T>): List<T> {
  return listOf(path, (at, seen) =>
    connection.call(options, async ({ send }) => {
      const answer = await send({ method: 'GET', path: at, again: 'harmless' })
      const document = readDocument(answer)
      if (!Array.isArray(document.data)) throw new UnexpectedAnswerError(answer, 'is no list')
      return { items: toItems(document, answer), document, next: nextPathOf(at, document, answer, seen) }
    }),
  )
}

/** Sends a request whose answer is about one thing, or says with null that there is none. */
export function askForOneOrNone<T>(
  request: ApiRequest,
  { connection, options, toItems }: Asking<T>,
): Promise<T | null> {
  return connection.call(options, async ({ send }) => {
    const answer = await send(request)
    const document = readDocument(answer)
    if (Array.isArray(document.data)) throw new UnexpectedAnswerError(answer, 'is a list')
    return toItems(document, answer)[0] ?? null
  })
}

/** Sends a request whose answer is about one thing. */
export function askForOne<T>(request: ApiRequest, { connection, options, toItems }: Asking<T>): Promise<T> {
  return connection.call(options, async ({ send }) => {
    const answer = await send(request)
    const document = readDocument(answer)
    const [item] = Array.isArray(document.data) ? [] : toItems(document, answer)
    if (item === undefined) throw new UnexpectedAnswerError(answer, 'is not about one resource')
    return item
  })
}
