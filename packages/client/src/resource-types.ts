import type { Relationship, Resource, resources, ToMany } from '@clipflight/contract'

/** Every resource by its type. Types are derived by type and not by definition, so that editors can show them. */
export type Resources = typeof resources

/** The types that Clipflight carries, by Apple's names. */
export type ResourceType = keyof Resources

/** Some resources by their types: what a client is made of. */
export type Definitions = { readonly [T in ResourceType]?: Resources[T] }

/** A type and an id: what links consist of. */
export interface Identifier<T extends string = string> {
  readonly type: T
  readonly id: string
}

/** The definition of a relationship by its name. */
export type RelationshipOf<T extends ResourceType, K> = K extends keyof Resources[T]['relationships']
  ? Extract<Resources[T]['relationships'][K], Relationship>
  : never

/** The relationships whose definition carries a mark. */
export type RelationshipThat<T extends ResourceType, Mark> = {
  [K in keyof Resources[T]['relationships']]: Resources[T]['relationships'][K] extends Mark ? K : never
}[keyof Resources[T]['relationships']] &
  string

/** The relationships that `include` may name. */
export type IncludeName<T extends ResourceType> = Exclude<
  keyof Resources[T]['relationships'] & string,
  RelationshipThat<T, { readonly hidden: true } | { readonly includable: false }>
>

/** The to-many relationships among them. */
export type IncludeManyName<T extends ResourceType> = IncludeName<T> & RelationshipThat<T, ToMany>

/** The types that an answer about the resource can hold. */
export type AnsweredType<T extends ResourceType> = T | RelationshipOf<T, IncludeName<T>>['target']

/** The names that `fields` takes for a type; any, for a type that Clipflight does not carry. */
export type FieldName<T extends string> = T extends ResourceType
  ?
      | (keyof Resources[T]['attributes'] & string)
      | Exclude<keyof Resources[T]['relationships'] & string, RelationshipThat<T, { readonly hidden: true }>>
  : string

/** The type at the other end of a relationship. */
export type TargetOf<T extends ResourceType, K> = RelationshipOf<T, K>['target'] & ResourceType

/** Any definition, as the code that makes operations of them sees it. */
export type DefinitionsByType = Readonly<Record<string, Resource | undefined>>
