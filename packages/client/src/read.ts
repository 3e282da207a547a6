import { readDocument, type RawDocument } from './answer-document.ts'
import type { ApiRequest } from './call.ts'
import type { Connection } from './connection.ts'
import { listOf, type List } from './list.ts'
import { nextPathOf } from './next-path.ts'
import type { CallOptions } from './options.ts'
import { UnexpectedAnswerError } from './unexpected-answer-error.ts'

/** What a document's data come to, for the caller. */
export type ToItems<T> = (document: RawDocument) => T[]

/** The path of a resource's own, or of what is below it. Throws for an id that would lead elsewhere. */
export function pathOf(type: string, id: string, below = ''): string {
  if (!/[^.]/.test(id)) throw new TypeError(`'${id}' is no id of '${type}'.`)
  return `/v1/${type}/${encodeURIComponent(id)}${below}`
}

/** Lists what a path answers, page by page. */
export function readMany<T>(
  connection: Connection,
  path: string,
  toItems: ToItems<T>,
  options: CallOptions | undefined,
): List<T> {
  return listOf(path, (at) =>
    connection.call(options, async ({ send }) => {
      const answer = await send({ method: 'GET', path: at, again: 'harmless' })
      const document = readDocument(answer)
      if (!Array.isArray(document.data)) throw new UnexpectedAnswerError(answer, 'is no list')
      return { items: toItems(document), document, next: nextPathOf(at, document, answer) }
    }),
  )
}

/** Sends a request whose answer is about one thing; null when the answer says that there is none. */
export function askForOne<T>(
  connection: Connection,
  request: ApiRequest,
  toItems: ToItems<T>,
  options: CallOptions | undefined,
): Promise<T | null> {
  return connection.call(options, async ({ send }) => {
    const answer = await send(request)
    const document = readDocument(answer)
    if (Array.isArray(document.data)) throw new UnexpectedAnswerError(answer, 'is a list')
    return toItems(document)[0] ?? null
  })
}

/** Sends a request whose answer says only that it was done. */
export function ask(connection: Connection, request: ApiRequest, options: CallOptions | undefined): Promise<void> {
  return connection.call(options, async ({ send }) => {
    await send(request)
  })
}
