import type { Resource } from '../define-resource.ts'
import type { JsonSchema } from '../kinds.ts'
import type { Route } from '../routes.ts'
import { createSchema, linkageRequestSchema, updateSchema } from './request-schemas.ts'
import { linkageSchema, responseSchema, type DocumentForm } from './resource-schemas.ts'
import { capitalized } from './schema.ts'

/** The body of a request or of an answer: Apple's name of its schema, the schema, and a few words. */
export interface Body {
  readonly name: string
  readonly schema: JsonSchema
  readonly description: string
}

/** What a successful answer to the route has as its body, if it has any. */
export function responseBodyOf(route: Route): Body | undefined {
  const { kind, resource, relationship } = route
  if (kind === 'delete' || kind === 'add links' || kind === 'remove links') return undefined
  if (relationship === undefined) return documentBody(resource, { many: kind === 'list', included: true })
  const { definition, target } = relationship
  const many = definition.cardinality === 'many'
  if (kind === 'linkage') {
    return {
      name: `${linkagesName(route)}Response`,
      schema: linkageSchema(definition),
      description: many ? 'List of related linkages' : 'Related linkage',
    }
  }
  return documentBody(target, { many, included: definition.related?.include === true })
}

/** Apple says of a document that leaves out what its resource could include that it is without includes. */
function documentBody(resource: Resource, form: DocumentForm): Body {
  const couldInclude = Object.values(resource.relationships).some((definition) => definition.includable)
  const without = couldInclude && !form.included
  const subject = form.many ? resource.schema.many : resource.schema.one
  const name = `${subject}${without ? 'WithoutIncludes' : ''}Response`
  const description = `${form.many ? 'List of' : 'Single'} ${subject}${without ? ' with get' : ''}`
  return { name, schema: responseSchema(name, resource, form), description }
}

/** What the route takes as the body of a request, if it takes any. */
export function requestBodyOf(route: Route): Body | undefined {
  const { kind, resource, relationship } = route
  const { one } = resource.schema
  const description = `${one} representation`
  if (kind === 'create') {
    const name = `${one}CreateRequest`
    return { name, schema: createSchema(name, resource), description }
  }
  if (kind === 'update') {
    const name = `${one}UpdateRequest`
    return { name, schema: updateSchema(name, resource), description }
  }
  if (relationship === undefined || (kind !== 'add links' && kind !== 'remove links')) return undefined
  return {
    name: `${linkagesName(route)}Request`,
    schema: linkageRequestSchema(relationship.definition),
    description: 'List of related linkages',
  }
}

function linkagesName({ resource, relationship }: Route): string {
  const linkage = relationship?.definition.cardinality === 'many' ? 'Linkages' : 'Linkage'
  return `${resource.schema.one}${capitalized(relationship?.name ?? '')}${linkage}`
}
