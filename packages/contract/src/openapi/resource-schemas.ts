import type { Attribute, Relationship, Resource } from '../define-resource.ts'
import type { JsonSchema } from '../kinds.ts'
import { noteOn } from '../openapi-notes.ts'
import { linksOf, resourceOfType } from '../routes.ts'
import { arrayOf, hasData, identifierOf, mayBeEmpty, nullable, objectWith, refTo, schemaOf } from './schema.ts'

/** A resource as answers have it. */
export function resourceSchema(resource: Resource): JsonSchema {
  const shown = Object.entries(resource.relationships).filter(([, definition]) => definition.hidden !== true)
  const relationships = shown.map(([name, definition]) => [name, relationshipSchema(definition)] as const)
  const attributes = Object.entries(resource.attributes).map(
    ([name, definition]) => [name, answeredAttribute(resource, name, definition)] as const,
  )
  return {
    title: resource.schema.one,
    description: resource.description,
    ...objectWith(
      {
        type: { type: 'string', enum: [resource.type] },
        id: { type: 'string' },
        attributes: objectWith(Object.fromEntries(attributes)),
        ...(relationships.length === 0 ? {} : { relationships: objectWith(Object.fromEntries(relationships)) }),
        links: refTo('ResourceLinks'),
      },
      ['id', 'type'],
    ),
  }
}

function answeredAttribute(resource: Resource, name: string, definition: Attribute): JsonSchema {
  const schema = schemaOf(definition.kind)
  return describe(definition.nullable === true ? nullable(schema) : schema, resource, name)
}

/** Adds what is said of an attribute in words. */
export function describe(schema: JsonSchema, resource: Resource, attribute: string): JsonSchema {
  const description = noteOn(resource.type, attribute)
  return description === undefined ? schema : { ...schema, description }
}

function relationshipSchema(definition: Relationship): JsonSchema {
  const { self, related } = linksOf(definition)
  const identifier = identifierOf(definition.target)
  const data = definition.cardinality === 'many' ? arrayOf(identifier) : identifier
  return {
    ...objectWith({
      ...(self || related ? { links: refTo('RelationshipLinks') } : {}),
      ...(hasData(definition) && definition.cardinality === 'many' ? { meta: refTo('PagingInformation') } : {}),
      ...(hasData(definition) ? { data: mayBeEmpty(definition) ? nullable(data) : data } : {}),
    }),
    ...(definition.deprecated === true ? { deprecated: true } : {}),
  }
}

/** What a document holds around its `data`. */
export interface DocumentForm {
  readonly many: boolean
  /** Whether resources can be included in it. */
  readonly included: boolean
}

/** The document of one resource, or of a page of them. */
export function responseSchema(title: string, resource: Resource, { many, included }: DocumentForm): JsonSchema {
  const item = refTo(resource.schema.one)
  const around = included ? includedSchema(resource) : undefined
  return {
    title,
    ...objectWith(
      {
        data: many ? arrayOf(item) : item,
        ...(around === undefined ? {} : { included: arrayOf(around) }),
        ...linksAndMeta(many),
      },
      ['data', 'links'],
    ),
  }
}

/** The types that `include` can bring along, of those that the service carries. */
function includedSchema(resource: Resource): JsonSchema | undefined {
  const targets = new Set(
    Object.values(resource.relationships)
      .filter((definition) => definition.includable)
      .flatMap((definition) => resourceOfType(definition.target) ?? []),
  )
  const refs = [...targets]
    .map(({ type, schema }) => ({ type, name: schema.one, ...refTo(schema.one) }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const [only, ...others] = refs
  if (only === undefined) return undefined
  if (others.length === 0) return refTo(only.name)
  return {
    oneOf: refs.map(({ name }) => refTo(name)),
    discriminator: {
      propertyName: 'type',
      mapping: Object.fromEntries(refs.map(({ type, name }) => [type, `#/components/schemas/${name}`])),
    },
  }
}

/** The document of one link, or of a page of them. */
export function linkageSchema(definition: Relationship): JsonSchema {
  const identifier = identifierOf(definition.target)
  const many = definition.cardinality === 'many'
  const one = mayBeEmpty(definition) ? nullable(identifier) : identifier
  return objectWith({ data: many ? arrayOf(identifier) : one, ...linksAndMeta(many) }, ['data', 'links'])
}

function linksAndMeta(many: boolean): Readonly<Record<string, JsonSchema>> {
  return many
    ? { links: refTo('PagedDocumentLinks'), meta: refTo('PagingInformation') }
    : { links: refTo('DocumentLinks') }
}
