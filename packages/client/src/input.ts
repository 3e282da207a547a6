import type { CreateAttributes, Plain, Resource, ToOne, UpdateAttributes, ValueOf } from '@clipflight/contract'
import type { Definitions, Resources, ResourceType } from './resource-types.ts'

type ParentName<R extends Resource> = {
  [K in keyof R['relationships']]: R['relationships'][K] extends ToOne & { readonly create: 'required' } ? K : never
}[keyof R['relationships']]

type InlineName<R extends Resource> = {
  [K in keyof R['relationships']]: R['relationships'][K] extends { readonly create: 'required inline' } ? K : never
}[keyof R['relationships']]

type UniqueName<R extends Resource> = R extends { readonly unique: readonly (readonly (infer K)[])[] } ? K : never

/** What tells the children of one parent apart, such as their locale. */
type ChildKey<R extends Resource> = UniqueName<R> & keyof CreateAttributes<R>
/** What the children hold besides, such as their title. */
type ChildValue<R extends Resource> = Exclude<keyof CreateAttributes<R>, ChildKey<R>> & string

type InlineChildren<R extends Resource> = {
  readonly [V in ChildValue<R> as `${V}s`]: Readonly<Record<string, ValueOf<R['attributes'][V]>>>
}

type InlineOf<R extends Resource, K extends keyof R['relationships'] = InlineName<R>> = [K] extends [never]
  ? unknown
  : R['relationships'][K]['target'] extends infer T extends ResourceType
    ? InlineChildren<Resources[T]>
    : unknown

/** What a creation takes: attributes, the ids of its parents, and what is made along with it. */
export type CreateInput<R extends Resource> = Plain<
  CreateAttributes<R> & { readonly [K in ParentName<R>]: string } & InlineOf<R>
>

/** What an update takes: the attributes to change. */
export type UpdateInput<R extends Resource> = Plain<UpdateAttributes<R>>

/** Children that are created along with their parent, and given as a map of their values: `{ 'en-US': 'Order' }`. */
export interface InlineChild {
  readonly relationship: string
  readonly type: string
  /** The attribute that the keys of the map are. */
  readonly key: string
  /** The attribute that the values of the map are. */
  readonly value: string
  /** What the map is called: the plural of the values' attribute. */
  readonly inputName: string
}

/** Finds what a resource is created along with. Throws when its definition is missing. */
export function inlineChildrenOf(resource: Resource, definitions: Definitions): InlineChild[] {
  return Object.entries(resource.relationships).flatMap(([relationship, { cardinality, create, target }]) => {
    if (cardinality !== 'many' || create === undefined) return []
    const child = definitions[target]
    if (child === undefined) {
      throw new Error(`'${resource.type}' is created along with '${target}': give the client that definition too.`)
    }
    const unique = new Set((child.unique ?? []).flat())
    const given = Object.keys(child.attributes).filter((name) => child.attributes[name]?.create !== undefined)
    const key = given.find((name) => unique.has(name))
    const value = given.find((name) => !unique.has(name))
    if (key === undefined || value === undefined) {
      throw new Error(`'${target}' has no key and value to be created by, along with '${resource.type}'.`)
    }
    return [{ relationship, type: target, key, value, inputName: `${value}s` }]
  })
}

type Input = Readonly<Record<string, unknown>>
type Members = Record<string, unknown>

/** The document that creates a resource. Inline children get local ids, `${title-1}`. */
export function writeCreate(resource: Resource, children: readonly InlineChild[], input: Input): object {
  const attributes: Members = {}
  const relationships: Members = {}
  const included: object[] = []
  for (const [name, given] of Object.entries(input)) {
    const child = children.find(({ inputName }) => inputName === name)
    const definition = memberOf(resource.relationships, name)
    if (given === undefined) continue
    if (memberOf(resource.attributes, name) !== undefined) attributes[name] = given
    else if (child !== undefined) {
      const resources = writeChildren(child, given)
      relationships[child.relationship] = { data: resources.map(({ type, id }) => ({ type, id })) }
      included.push(...resources)
    } else if (definition?.cardinality === 'one') {
      relationships[name] = { data: { type: definition.target, id: given } }
    } else throw new TypeError(`'${resource.type}' has nothing named '${name}' that a creation could give.`)
  }
  const data = { type: resource.type, attributes, relationships }
  return included.length === 0 ? { data } : { data, included }
}

function writeChildren({ type, key, value, inputName }: InlineChild, given: unknown) {
  if (typeof given !== 'object' || given === null) throw new TypeError(`'${inputName}' must be an object.`)
  return Object.entries(given).map(([name, content], index) => ({
    type,
    id: `\${${value}-${index + 1}}`,
    attributes: { [key]: name, [value]: content },
  }))
}

/** The document that changes attributes of a resource. */
export function writeUpdate(resource: Resource, id: string, input: Input): object {
  for (const name of Object.keys(input)) {
    if (memberOf(resource.attributes, name) === undefined) {
      throw new TypeError(`'${resource.type}' has no attribute '${name}' to update.`)
    }
  }
  return { data: { type: resource.type, id, attributes: input } }
}

function memberOf<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined
}
