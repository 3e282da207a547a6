import type { Relationship, Resource } from '@clipflight/contract'
import type { RawDocument } from './answer-document.ts'
import type { Connection } from './connection.ts'
import { createOperation } from './create-operation.ts'
import { writeUpdate } from './input.ts'
import type { CallOptions } from './options.ts'
import { writeQuery, type AnyQuery } from './query.ts'
import { ask, askForOne, pathOf, readMany } from './read.ts'
import type { DefinitionsByType, Identifier } from './resource-types.ts'
import { toResults } from './result.ts'

type Operations = Record<string, unknown>

/** Everything that can be done with a resource, by the names that `ResourceClient` gives it. */
export function operationsOf(resource: Resource, definitions: DefinitionsByType, connection: Connection): Operations {
  return {
    ...relatedOperations(resource, definitions, connection),
    ...ownOperations(resource, definitions, connection),
    links: linkOperations(resource, connection),
  }
}

function ownOperations(resource: Resource, definitions: DefinitionsByType, connection: Connection): Operations {
  const { type, operations } = resource
  const toItems = (document: RawDocument) => toResults(resource, document)
  const every = {
    list: (query?: AnyQuery, call?: CallOptions) =>
      readMany(connection, `/v1/${type}${writeQuery(query)}`, toItems, call),
    get: async (id: string, query?: AnyQuery, call?: CallOptions) => {
      const path = pathOf(type, id, writeQuery(query))
      return askForOne(connection, { method: 'GET', path, again: 'harmless' }, toItems, call)
    },
    create: createOperation(resource, definitions, connection),
    update: async (id: string, input: Operations, call?: CallOptions) => {
      const body = writeUpdate(resource, id, input)
      // Attributes are set and not counted up: setting them twice leaves what setting them once does.
      return askForOne(connection, { method: 'PATCH', path: pathOf(type, id), body, again: 'harmless' }, toItems, call)
    },
    delete: async (id: string, call?: CallOptions) =>
      ask(connection, { method: 'DELETE', path: pathOf(type, id), again: 'until gone' }, call),
  }
  return Object.fromEntries(Object.entries(every).filter(([name]) => Object.hasOwn(operations, name)))
}

/** The operations on what is at the other ends of relationships; only of types whose definitions are given. */
function relatedOperations(resource: Resource, definitions: DefinitionsByType, connection: Connection): Operations {
  const related = Object.entries(resource.relationships).flatMap(([name, definition]) => {
    const target = definitions[definition.target]
    return definition.related === undefined || target === undefined
      ? []
      : [[name, relatedOperation(resource.type, name, definition, target, connection)] as const]
  })
  return Object.fromEntries(related)
}

function relatedOperation(
  type: string,
  name: string,
  { cardinality }: Relationship,
  target: Resource,
  connection: Connection,
): unknown {
  const toItems = (document: RawDocument) => toResults(target, document)
  const at = (id: string, query?: AnyQuery): string => pathOf(type, id, `/${name}${writeQuery(query)}`)
  if (cardinality === 'many') {
    return (id: string, query?: AnyQuery, call?: CallOptions) => readMany(connection, at(id, query), toItems, call)
  }
  return async (id: string, query?: AnyQuery, call?: CallOptions) =>
    askForOne(connection, { method: 'GET', path: at(id, query), again: 'harmless' }, toItems, call)
}

function linkOperations({ type, relationships }: Resource, connection: Connection): Operations {
  const linked = Object.entries(relationships).filter(([, { linkage }]) => linkage !== undefined)
  return Object.fromEntries(
    linked.map(([name, definition]) => [name, linkOperation(type, name, definition, connection)]),
  )
}

function linkOperation(type: string, name: string, definition: Relationship, connection: Connection): Operations {
  const { cardinality, target, linkage = {} } = definition
  const at = (id: string, query = ''): string => pathOf(type, id, `/relationships/${name}${query}`)
  const write = (method: 'POST' | 'DELETE') => async (id: string, targets: readonly string[], call?: CallOptions) => {
    const body = { data: targets.map((one) => ({ type: target, id: one })) }
    // JSON:API: a link that is there already stays, and one that is not there is as good as removed.
    return ask(connection, { method, path: at(id), body, again: 'harmless' }, call)
  }
  return {
    ...(linkage.read === true && cardinality === 'many'
      ? {
          list: (id: string, query?: AnyQuery, call?: CallOptions) =>
            readMany(connection, at(id, writeQuery(query)), toIdentifiers, call),
        }
      : {}),
    ...(linkage.read === true && cardinality === 'one'
      ? {
          get: async (id: string, call?: CallOptions) =>
            askForOne(connection, { method: 'GET', path: at(id), again: 'harmless' }, toIdentifiers, call),
        }
      : {}),
    ...(linkage.add === undefined ? {} : { add: write('POST') }),
    ...(linkage.remove === undefined ? {} : { remove: write('DELETE') }),
  }
}

function toIdentifiers({ data }: RawDocument): Identifier[] {
  return [data ?? []].flat().map(({ type, id }: Identifier) => ({ type, id }))
}
