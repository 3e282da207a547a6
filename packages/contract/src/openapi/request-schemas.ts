import type { Relationship, Resource } from '../define-resource.ts'
import type { JsonSchema } from '../kinds.ts'
import { resourceOfType } from '../routes.ts'
import { describe } from './resource-schemas.ts'
import { arrayOf, identifierOf, nullable, objectWith, refTo, schemaOf } from './schema.ts'

/** The name of a resource that is created along with another. */
export function inlineName(resource: Resource): string {
  return `${resource.schema.one}InlineCreate`
}

/** The resources that are created inline, along with this one. */
export function inlineResources(resource: Resource): readonly Resource[] {
  return Object.values(resource.relationships)
    .filter((definition) => definition.create === 'required inline')
    .flatMap((definition) => resourceOfType(definition.target) ?? [])
}

/** The body of a creation. */
export function createSchema(title: string, resource: Resource): JsonSchema {
  const attributes = createdAttributes(resource)
  const relationships = Object.entries(resource.relationships).filter(([, { create }]) => create !== undefined)
  const links = relationships.map(([name, definition]) => [name, givenLink(definition, ['data'])] as const)
  const names = links.map(([name]) => name)
  const inline = inlineResources(resource).map((one) => refTo(inlineName(one)))
  const data = objectWith(
    {
      type: { type: 'string', enum: [resource.type] },
      ...(attributes === undefined ? {} : { attributes: attributes.schema }),
      ...(names.length === 0 ? {} : { relationships: objectWith(Object.fromEntries(links), names) }),
    },
    [
      ...(names.length === 0 ? [] : ['relationships']),
      ...(attributes?.required === true ? ['attributes'] : []),
      'type',
    ],
  )
  const [only, ...others] = inline
  const included = others.length === 0 ? only : { oneOf: inline }
  return {
    title,
    ...objectWith({ data, ...(included === undefined ? {} : { included: arrayOf(included) }) }, ['data']),
  }
}

/** A resource in `included` of its parent's creation. Its link to the parent may be left out. */
export function inlineSchema(resource: Resource): JsonSchema {
  const attributes = createdAttributes(resource)
  const links = Object.entries(resource.relationships)
    .filter(([, { create }]) => create === 'required')
    .map(([name, definition]) => [name, givenLink(definition, [])] as const)
  return objectWith(
    {
      type: { type: 'string', enum: [resource.type] },
      id: {
        type: 'string',
        description: 'A name of the form `${name}`, by which the parent refers to it in this request.',
      },
      ...(attributes === undefined ? {} : { attributes: attributes.schema }),
      relationships: objectWith(Object.fromEntries(links)),
    },
    [...(attributes?.required === true ? ['attributes'] : []), 'type'],
  )
}

function createdAttributes(
  resource: Resource,
): { readonly schema: JsonSchema; readonly required: boolean } | undefined {
  const given = Object.entries(resource.attributes).filter(([, { create }]) => create !== undefined)
  if (given.length === 0) return undefined
  const properties = given.map(([name, { kind, create }]) => {
    const schema = schemaOf(kind)
    return [name, describe(create === 'required' ? schema : nullable(schema), resource, name)] as const
  })
  const required = given.filter(([, { create }]) => create === 'required').map(([name]) => name)
  return { schema: objectWith(Object.fromEntries(properties), required), required: required.length > 0 }
}

function givenLink(definition: Relationship, required: readonly string[]): JsonSchema {
  const identifier = identifierOf(definition.target)
  return objectWith({ data: definition.cardinality === 'many' ? arrayOf(identifier) : identifier }, required)
}

/** The body of a change. Everything may be null in Apple's document; what cannot be emptied is refused as missing. */
export function updateSchema(title: string, resource: Resource): JsonSchema {
  const properties = Object.entries(resource.attributes)
    .filter(([, { update }]) => update !== undefined)
    .map(([name, { kind }]) => [name, describe(nullable(schemaOf(kind)), resource, name)] as const)
  const data = objectWith(
    {
      type: { type: 'string', enum: [resource.type] },
      id: { type: 'string' },
      attributes: objectWith(Object.fromEntries(properties)),
    },
    ['id', 'type'],
  )
  return { title, ...objectWith({ data }, ['data']) }
}

/** The body that adds or removes links. */
export function linkageRequestSchema(definition: Relationship): JsonSchema {
  return objectWith({ data: arrayOf(identifierOf(definition.target)) }, ['data'])
}
