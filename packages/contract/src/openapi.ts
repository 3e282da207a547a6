import type { Resource } from './define-resource.ts'
import type { JsonSchema, Kind } from './kinds.ts'
import { requestBodyOf, responseBodyOf } from './openapi/bodies.ts'
import { COMMON_SCHEMAS } from './openapi/common-schemas.ts'
import { HEADER_COMPONENTS } from './openapi/content.ts'
import { operationOf, tagOf } from './openapi/operations.ts'
import { ID_PARAMETER } from './openapi/parameters.ts'
import { refusalComponents } from './openapi/refusals.ts'
import { inlineName, inlineResources, inlineSchema } from './openapi/request-schemas.ts'
import { resourceSchema } from './openapi/resource-schemas.ts'
import { resources } from './resources/index.ts'
import { routes } from './routes.ts'

/** Version of this package, and so of the contract it declares. `derive-documents` compares it with package.json. */
export const CONTRACT_VERSION = '0.1.0'

/** The operations of one path, by method in small letters, and the parameters they share. */
export type PathItem = Readonly<Record<string, JsonSchema | readonly JsonSchema[]>>

/** An OpenAPI 3.1 document, as far as anybody here looks into it. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: JsonSchema
  readonly servers: readonly JsonSchema[]
  readonly security: readonly JsonSchema[]
  readonly tags: readonly JsonSchema[]
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components: JsonSchema & { readonly schemas: Readonly<Record<string, JsonSchema>> }
}

export interface OpenApiOptions {
  /** Where the service is; without it, wherever the document was fetched from. */
  readonly serverUrl?: string
}

const DESCRIPTION = `Clipflight answers the operations of Apple's App Store Connect API around beta App Clip invocations,
by Apple's names and rules.

Send a token with every request, in \`Authorization: Bearer …\`: a JWT signed with ES256 by a key of the service.
Bodies are JSON; a request with a body says so in \`Content-Type: application/json\`.

Beyond the statuses listed at each operation, any request may be answered with 405, 406, 408, 413, 414, 415 or 431 when
it is refused as HTTP, 500 when the service fails, and 503 when its database does not answer. Operations that Apple has and Clipflight
has not are answered with 501 \`NOT_IMPLEMENTED\`; \`/docs/coverage\` lists them.`

/** The service as an OpenAPI 3.1 document, derived from the resources and routes. */
export function openApiDocument({ serverUrl = '/' }: OpenApiOptions = {}): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Clipflight: App Store Connect API',
      version: CONTRACT_VERSION,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl }],
    security: [{ 'itc-bearer-token': [] }],
    tags: tags(),
    paths: paths(),
    components: {
      securitySchemes: { 'itc-bearer-token': { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      headers: HEADER_COMPONENTS,
      responses: refusalComponents(),
      schemas: schemas(),
    },
  }
}

function tags(): JsonSchema[] {
  const byName = new Map(routes.map((route) => [tagOf(route), route.resource.description]))
  return [...byName].map(([name, description]) => ({ name, description }))
}

function paths(): Readonly<Record<string, PathItem>> {
  const items = new Map<string, Record<string, JsonSchema | readonly JsonSchema[]>>()
  for (const route of routes) {
    const item = items.get(route.path) ?? (route.path.includes('{id}') ? { parameters: [ID_PARAMETER] } : {})
    item[route.method.toLowerCase()] = operationOf(route)
    items.set(route.path, item)
  }
  return Object.fromEntries(items)
}

function schemas(): Readonly<Record<string, JsonSchema>> {
  const all = Object.values<Resource>(resources)
  const inline = routes.flatMap(({ kind, resource }) => (kind === 'create' ? inlineResources(resource) : []))
  const bodies = routes.flatMap((route) => [responseBodyOf(route) ?? [], requestBodyOf(route) ?? []]).flat()
  return inAlphabeticalOrder({
    ...COMMON_SCHEMAS,
    ...Object.fromEntries(all.flatMap(namedKinds).map(({ component, schema }) => [component, schema])),
    ...Object.fromEntries(all.map((resource) => [resource.schema.one, resourceSchema(resource)])),
    ...Object.fromEntries(inline.map((resource) => [inlineName(resource), inlineSchema(resource)])),
    ...Object.fromEntries(bodies.map(({ name, schema }) => [name, schema])),
  })
}

function namedKinds({ attributes }: Resource): (Kind<unknown> & { readonly component: string })[] {
  return Object.values(attributes).flatMap(({ kind }) => {
    const { component } = kind
    return component === undefined ? [] : [{ ...kind, component }]
  })
}

function inAlphabeticalOrder<T>(members: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(members).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
