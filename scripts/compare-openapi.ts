import type { JsonSchema } from '@clipflight/contract'
import { compareSchemas, isMember, memberOf, type Difference } from './compare-schemas.ts'

/** An OpenAPI document of either version, as far as the comparison looks into it. */
export type Document = JsonSchema

const METHODS = ['get', 'post', 'patch', 'put', 'delete'] as const

/** An operation, where it stands, and the parameters of its path added to its own. */
interface PlacedOperation {
  readonly name: string
  readonly operation: JsonSchema
  readonly parameters: ReadonlyMap<string, JsonSchema>
}

/** The operations of a document by method and path, such as `GET /v1/builds`. */
export function operationsOf(document: Document): ReadonlyMap<string, PlacedOperation> {
  const operations = new Map<string, PlacedOperation>()
  for (const [path, item] of Object.entries(memberOf(document, 'paths'))) {
    if (!isMember(item)) continue
    for (const method of METHODS) {
      const operation = item[method]
      if (!isMember(operation)) continue
      const parameters = [...listOf(item['parameters']), ...listOf(operation['parameters'])]
      const name = `${method.toUpperCase()} ${path}`
      const named = parameters.map(
        (parameter) => [`${text(parameter['in'])} ${text(parameter['name'])}`, parameter] as const,
      )
      operations.set(name, { name, operation, parameters: new Map(named) })
    }
  }
  return operations
}

/** Every difference between two documents in the operations that ours has, and in all of its schemas. */
export function* compareDocuments(apple: Document, ours: Document): Generator<Difference> {
  yield* differing('document', 'OpenAPI version', apple['openapi'], ours['openapi'])
  yield* differing('document', 'security', apple['security'], ours['security'])
  const schemes = [apple, ours].map((document) => memberOf(memberOf(document, 'components'), 'securitySchemes'))
  yield* differing('document', 'security schemes', schemes[0], schemes[1])
  const theirs = operationsOf(apple)
  for (const operation of operationsOf(ours).values()) {
    const counterpart = theirs.get(operation.name)
    if (counterpart === undefined)
      yield { where: operation.name, what: 'operation', apple: undefined, ours: operation.name }
    else yield* compareOperations(apple, counterpart, ours, operation)
  }
  const schemas = [apple, ours].map((document) => memberOf(memberOf(document, 'components'), 'schemas'))
  for (const [name, schema] of Object.entries(schemas[1] ?? {})) {
    const counterpart = schemas[0]?.[name]
    if (counterpart === undefined) yield { where: name, what: 'schema', apple: undefined, ours: name }
    else yield* compareSchemas(name, counterpart, schema)
  }
}

function* compareOperations(
  apple: Document,
  theirs: PlacedOperation,
  ours: Document,
  { name, operation, parameters }: PlacedOperation,
): Generator<Difference> {
  for (const member of ['operationId', 'tags', 'deprecated'] as const) {
    yield* differing(name, member, theirs.operation[member], operation[member])
  }
  for (const parameter of new Set([...theirs.parameters.keys(), ...parameters.keys()])) {
    yield* compareParameters(`${name} ${parameter}`, theirs.parameters.get(parameter), parameters.get(parameter))
  }
  yield* compareBodies(`${name} request`, theirs.operation['requestBody'], operation['requestBody'])
  const appleResponses = memberOf(theirs.operation, 'responses')
  const ourResponses = memberOf(operation, 'responses')
  for (const status of new Set([...Object.keys(appleResponses), ...Object.keys(ourResponses)])) {
    const pair = [resolve(apple, appleResponses[status]), resolve(ours, ourResponses[status])] as const
    yield* compareBodies(`${name} ${status}`, ...pair)
    yield* differing(`${name} ${status}`, 'headers', namesIn(pair[0], 'headers'), namesIn(pair[1], 'headers'))
  }
}

function* compareParameters(where: string, apple: unknown, ours: unknown): Generator<Difference> {
  if (!isMember(apple) || !isMember(ours)) {
    yield* differing(where, 'parameter', isMember(apple), isMember(ours))
    return
  }
  for (const member of ['description', 'style', 'explode'] as const)
    yield* differing(where, member, apple[member], ours[member])
  for (const member of ['required', 'deprecated'] as const) {
    yield* differing(where, member, apple[member] === true, ours[member] === true)
  }
  yield* compareSchemas(where, apple['schema'], ours['schema'])
}

/** Request bodies and answers: both have words and content by media type. */
function* compareBodies(where: string, apple: unknown, ours: unknown): Generator<Difference> {
  if (!isMember(apple) || !isMember(ours)) {
    yield* differing(where, 'body', isMember(apple), isMember(ours))
    return
  }
  yield* differing(where, 'description', apple['description'], ours['description'])
  yield* differing(where, 'required', apple['required'] === true, ours['required'] === true)
  const [theirs, own] = [memberOf(apple, 'content'), memberOf(ours, 'content')]
  yield* differing(where, 'media types', Object.keys(theirs), Object.keys(own))
  for (const [type, content] of Object.entries(own)) {
    const counterpart = theirs[type]
    if (isMember(counterpart) && isMember(content))
      yield* compareSchemas(where, counterpart['schema'], content['schema'])
  }
}

function* differing(where: string, what: string, apple: unknown, ours: unknown): Generator<Difference> {
  if (JSON.stringify(apple) !== JSON.stringify(ours)) yield { where, what, apple, ours }
}

function namesIn(object: unknown, member: string): readonly string[] {
  return isMember(object) ? Object.keys(memberOf(object, member)) : []
}

/** What a `$ref` within the document leads to. */
function resolve(document: Document, value: unknown): unknown {
  const reference = isMember(value) ? value['$ref'] : undefined
  if (typeof reference !== 'string') return value
  return reference
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((object, name) => (isMember(object) ? object[name] : undefined), document)
}

function listOf(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value.filter(isMember) : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
