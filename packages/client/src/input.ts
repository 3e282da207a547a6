import type { CreateAttributes, Plain, Resource, ToOne, UpdateAttributes, ValueOf } from '@clipflight/contract'
import type { DefinitionsByType, RelationshipThat, Resources, ResourceType, TargetOf } from './resource-types.ts'

type ParentName<T extends ResourceType> = RelationshipThat<T, ToOne & { readonly create: 'required' }>
type InlineName<T extends ResourceType> = RelationshipThat<T, { readonly create: 'required inline' }>

type UniqueName<T extends ResourceType> = Resources[T] extends {
  readonly unique: readonly (readonly (infer K)[])[]
}
  ? K
  : never

/** What tells the children of one parent apart, such as their locale. */
type ChildKey<T extends ResourceType> = UniqueName<T> & keyof CreateAttributes<Resources[T]>
/** What the children hold besides, such as their title. */
type ChildValue<T extends ResourceType> = Exclude<keyof CreateAttributes<Resources[T]>, ChildKey<T>> & string

type InlineChildren<T extends ResourceType> = {
  readonly [V in ChildValue<T> as `${V}s`]: Readonly<Record<string, ValueOf<Resources[T]['attributes'][V]>>>
}

/** What a creation takes: attributes, the ids of its parents, and what is made along with it. */
export type CreateInput<T extends ResourceType> = Plain<
  CreateAttributes<Resources[T]> & { readonly [K in ParentName<T>]: string } & ([InlineName<T>] extends [never]
      ? unknown
      : InlineChildren<TargetOf<T, InlineName<T>>>)
>

/** What an update takes: the attributes to change. */
export type UpdateInput<T extends ResourceType> = Plain<UpdateAttributes<Resources[T]>>

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
export function inlineChildrenOf(resource: Resource, definitions: DefinitionsByType): InlineChild[] {
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
