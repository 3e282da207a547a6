import type { Resource } from '@clipflight/contract'
import { readDocument } from './answer-document.ts'
import type { Call } from './call.ts'
import type { InlineChild } from './input.ts'
import { writeQuery } from './query.ts'
import type { DefinitionsByType } from './resource-types.ts'
import { toResults } from './result.ts'

type Input = Readonly<Record<string, unknown>>

/** Where a resource can be looked up by what no other has: a path, and how the resources are found in its answer. */
interface Place {
  readonly path: string
  /** The definition of what the path answers. */
  readonly answers: Resource
  /** The member of the answered resource that holds the ones looked for; the answered ones themselves without it. */
  readonly within?: string
}

/** A creation whose outcome nobody knows. */
export interface Creation {
  readonly resource: Resource
  readonly definitions: DefinitionsByType
  readonly children: readonly InlineChild[]
  readonly input: Input
}

/**
 * Reads the resource that a creation of this input made, or would be refused for: the one with the same natural
 * key. Undefined when there is none, or it differs from the input in anything that was given.
 */
export async function lookUp(call: Call, creation: Creation): Promise<Record<string, unknown> | undefined> {
  const place = placeOf(creation)
  if (place === undefined) return undefined
  const answer = await call.send({ method: 'GET', path: place.path, again: 'harmless' })
  const results = toResults(
    { resource: place.answers, definitions: creation.definitions },
    readDocument(answer),
    answer,
  )
  const candidates = place.within === undefined ? results : results.flatMap((one) => listIn(one[place.within ?? '']))
  return candidates.find((one) => isMadeOf(one, creation))
}

/** Whether there is an endpoint to look a creation up at, among those of the given definitions. */
export function canBeLookedUp(creation: Creation): boolean {
  return placeOf(creation) !== undefined
}

function placeOf(creation: Creation): Place | undefined {
  const { resource, input } = creation
  const include = includeOf(creation)
  for (const key of resource.unique ?? []) {
    const filters = resource.operations.list?.filters ?? {}
    if (key.every((name) => Object.hasOwn(filters, name))) {
      const filter = Object.fromEntries(key.map((name) => [name, input[name]]))
      return { path: `/v1/${resource.type}${writeQuery({ filter, include })}`, answers: resource }
    }
    for (const parentName of key) {
      const place = placeInParent(creation, parentName)
      if (place !== undefined) return place
    }
  }
  return undefined
}

/** Below the parent where it has an endpoint for its children, and else among what comes along with the parent. */
function placeInParent(creation: Creation, parentName: string): Place | undefined {
  const { resource, definitions, input } = creation
  const parent = definitions[resource.relationships[parentName]?.target ?? '']
  const [name, definition] =
    Object.entries(parent?.relationships ?? {}).find(
      ([, { target, kept }]) =>
        target === resource.type && typeof kept === 'object' && 'inverse' in kept && kept.inverse === parentName,
    ) ?? []
  if (parent === undefined || name === undefined || definition === undefined) return undefined
  const path = `/v1/${parent.type}/${encodeURIComponent(String(input[parentName]))}`
  if (definition.related !== undefined) {
    const include = includeOf(creation)
    const query = definition.related.include ? { include, limits: limitsOf(resource, include) } : {}
    return { path: `${path}/${name}${writeQuery(query)}`, answers: resource }
  }
  if (parent.operations.get === undefined || !definition.includable) return undefined
  const query = { include: [name], limits: limitsOf(parent, [name]) }
  return { path: `${path}${writeQuery(query)}`, answers: parent, within: definition.shortName ?? name }
}

/** The children come along, so that they can be compared. */
function includeOf({ children }: Creation): string[] {
  return children.map(({ relationship }) => relationship)
}

/** As many of each as can be included. */
function limitsOf(resource: Resource, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const definition = resource.relationships[name]
      return definition?.cardinality === 'many' ? [[name, definition.includeLimit] as const] : []
    }),
  )
}

function isMadeOf(found: Record<string, unknown>, { resource, children, input }: Creation): boolean {
  return Object.entries(input).every(([name, given]) => {
    const child = children.find(({ inputName }) => inputName === name)
    if (child !== undefined) {
      const shown = resource.relationships[child.relationship]?.shortName ?? child.relationship
      return isSameMap(listIn(found[shown]), child, given)
    }
    return given === undefined || !Object.hasOwn(resource.attributes, name) || isSame(found[name], given)
  })
}

function isSameMap(found: Record<string, unknown>[], { key, value }: InlineChild, given: unknown): boolean {
  const wanted = Object.entries(typeof given === 'object' && given !== null ? given : {})
  const actual = new Map(found.map((one) => [one[key], one[value]]))
  return wanted.length === actual.size && wanted.every(([name, content]) => actual.get(name) === content)
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

function listIn(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value : []
}
