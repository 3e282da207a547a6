import type { Relationship, Resource, resources, ToMany } from '@clipflight/contract'

/** Every resource by its type: what the targets of relationships are looked up in. */
export type Resources = typeof resources

/** The types that Clipflight carries, by Apple's names. */
export type ResourceType = keyof Resources

/** Some resources, by their types: what a client is made of. */
export type Definitions = Readonly<Record<string, Resource>>

/** A type and an id: what links consist of. */
export interface Identifier<T extends string = string> {
  readonly type: T
  readonly id: string
}

/** The definition of a relationship by its name. */
export type RelationshipOf<R extends Resource, K extends keyof R['relationships']> = R['relationships'][K]

/** The relationships that `include` may name. */
export type IncludeName<R extends Resource> = {
  [K in keyof R['relationships']]: R['relationships'][K] extends
    | { readonly hidden: true }
    | { readonly includable: false }
    ? never
    : K
}[keyof R['relationships']] &
  string

/** The to-many relationships among them. */
export type IncludeManyName<R extends Resource> = {
  [K in IncludeName<R>]: R['relationships'][K] extends ToMany ? K : never
}[IncludeName<R>]

/** The types that an answer about the resource can hold. */
export type AnsweredType<R extends Resource> = R['type'] | R['relationships'][IncludeName<R>]['target']

type ShownName<R extends Resource> = {
  [K in keyof R['relationships']]: R['relationships'][K] extends { readonly hidden: true } ? never : K
}[keyof R['relationships']] &
  string

/** The names that `fields` takes for a type; any, for a type that Clipflight does not carry. */
export type FieldName<T extends string> = T extends ResourceType
  ? (keyof Resources[T]['attributes'] & string) | ShownName<Resources[T]>
  : string

/** The resource at the other end of a relationship; never, for a type that Clipflight does not carry. */
export type TargetOf<D extends Relationship> = D['target'] extends ResourceType ? Resources[D['target']] : never
