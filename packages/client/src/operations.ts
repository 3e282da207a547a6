import type { Relationship, Resource } from '@clipflight/contract'
import type { RawDocument } from './answer-document.ts'
import type { ApiRequest } from './call.ts'
import type { Expected } from './check-types.ts'
import type { Connection } from './connection.ts'
import { createOperation } from './create-operation.ts'
import type { Answer } from './exchange.ts'
import { writeUpdate } from './input.ts'
import type { CallOptions } from './options.ts'
import { includedBy, writeQuery, type AnyQuery } from './query.ts'
import { askForOne, askForOneOrNone, pathOf, readMany } from './read.ts'
import type { DefinitionsByType, Identifier } from './resource-types.ts'
import { toResults } from './result.ts'

/** What operations are made of. */
export interface OperationParts {
  readonly resource: Resource
  readonly definitions: DefinitionsByType
  readonly connection: Connection
}

type Operations = Record<string, unknown>

/** Everything that can be done with a resource, by the names that `ResourceClient` gives it. */
export function operationsOf(parts: OperationParts): Operations {
  return { ...relatedOperations(parts), ...ownOperations(parts), links: linkOperations(parts) }
}

function read(path: string): ApiRequest {
  return { method: 'GET', path, again: 'harmless' }
}

function ownOperations(parts: OperationParts): Operations {
  const { resource, connection } = parts
  const { type, operations } = resource
  const asking = (query?: AnyQuery) => ({ connection, toItems: toResultsOf(parts, query) })
  const every = {
    list: (query?: AnyQuery, options?: CallOptions) =>
      readMany(`/v1/${type}${writeQuery(query)}`, { ...asking(query), options }),
    get: async (id: string, query?: AnyQuery, options?: CallOptions) =>
      askForOne(read(pathOf(type, id, writeQuery(query))), { ...asking(query), options }),
    create: operations.create && createOperation(parts),
    update: async (id: string, input: Operations, options?: CallOptions) => {
      const body = writeUpdate(resource, id, input)
      // Attributes are set and not counted up: setting them twice leaves what setting them once does.
      const request = { method: 'PATCH', path: pathOf(type, id), body, again: 'harmless' } as const
      return askForOne(request, { ...asking(), options })
    },
    delete: async (id: string, options?: CallOptions) => {
      const request = { method: 'DELETE', path: pathOf(type, id), again: 'until gone' } as const
      await connection.call(options, ({ send }) => send(request))
    },
  }
  return Object.fromEntries(Object.entries(every).filter(([name]) => Object.hasOwn(operations, name)))
}

function toResultsOf({ resource, definitions }: Expected, query: AnyQuery = {}) {
  const expected = { resource, definitions, include: includedBy(query, resource.type) }
  return (document: RawDocument, answer: Answer) => toResults(expected, document, answer)
}

/** The operations on what is at the other ends of relationships; only of types whose definitions are given. */
function relatedOperations({ resource, definitions, connection }: OperationParts): Operations {
  const related = Object.entries(resource.relationships).flatMap(([name, { related, target, cardinality }]) => {
    const definition = definitions[target]
    if (related === undefined || definition === undefined) return []
    const at = (id: string, query?: AnyQuery): string => pathOf(resource.type, id, `/${name}${writeQuery(query)}`)
    const asking = (query?: AnyQuery) => ({
      connection,
      toItems: toResultsOf({ resource: definition, definitions }, query),
    })
    const list = (id: string, query?: AnyQuery, options?: CallOptions) =>
      readMany(at(id, query), { ...asking(query), options })
    const get = async (id: string, query?: AnyQuery, options?: CallOptions) =>
      askForOneOrNone(read(at(id, query)), { ...asking(query), options })
    return [[name, cardinality === 'many' ? list : get] as const]
  })
  return Object.fromEntries(related)
}

function linkOperations({ resource, connection }: OperationParts): Operations {
  const linked = Object.entries(resource.relationships).flatMap(([name, definition]) => {
    if (definition.linkage === undefined) return []
    const at = (id: string, query = ''): string => pathOf(resource.type, id, `/relationships/${name}${query}`)
    return [[name, linkOperation(definition, at, connection)] as const]
  })
  return Object.fromEntries(linked)
}

function linkOperation(
  { cardinality, target, linkage = {} }: Relationship,
  at: (id: string, query?: string) => string,
  connection: Connection,
): Operations {
  const asking = { connection, toItems: toIdentifiers }
  const list = (id: string, query?: AnyQuery, options?: CallOptions) =>
    readMany(at(id, writeQuery(query)), { ...asking, options })
  const get = async (id: string, options?: CallOptions) => askForOneOrNone(read(at(id)), { ...asking, options })
  const write =
    (method: 'POST' | 'DELETE') => async (id: string, targets: readonly string[], options?: CallOptions) => {
      const body = { data: targets.map((one) => ({ type: target, id: one })) }
      // JSON:API: a link that is there already stays, and one that is not there is as good as removed.
      await connection.call(options, ({ send }) => send({ method, path: at(id), body, again: 'harmless' }))
    }
  return {
    ...(linkage.read && (cardinality === 'many' ? { list } : { get })),
    ...(linkage.add && { add: write('POST') }),
    ...(linkage.remove && { remove: write('DELETE') }),
  }
}

function toIdentifiers({ data }: RawDocument): Identifier[] {
  return [data ?? []].flat().map(({ type, id }: Identifier) => ({ type, id }))
}
