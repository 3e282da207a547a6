import type { JsonSchema } from '@clipflight/contract'

/** One thing that Apple's document says otherwise than ours. */
export interface Difference {
  /** An operation with what of it, or a schema and the path in it. */
  readonly where: string
  /** What differs: `enum`, `nullable`, `property` … */
  readonly what: string
  readonly apple: unknown
  readonly ours: unknown
}

export function isMember(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member that is an object; empty when there is none. */
export function memberOf(object: JsonSchema, name: string): JsonSchema {
  const member = object[name]
  return isMember(member) ? member : {}
}

/** Keywords that say nothing of what is valid. */
const ANNOTATIONS = new Set(['title', 'description', 'example', 'examples'])

/** A schema in one spelling, whether OpenAPI 3.0 or 3.1 wrote it. */
interface Shape {
  readonly nullable: boolean
  /** Names of schemas, where it is one of those by reference. */
  readonly references: readonly string[]
  readonly properties: JsonSchema
  readonly items: unknown
  readonly additionalProperties: unknown
  readonly oneOf: readonly unknown[]
  readonly discriminator: JsonSchema
  /** Lists whose order means nothing. */
  readonly required: readonly unknown[]
  readonly enum: readonly unknown[] | undefined
  /** Every other keyword with its value. */
  readonly keywords: ReadonlyMap<string, unknown>
}

const STRUCTURE = new Set([
  'properties',
  'items',
  'additionalProperties',
  'oneOf',
  'discriminator',
  'required',
  'enum',
  '$ref',
  'nullable',
])

function shapeOf(schema: JsonSchema): Shape {
  const { anyOf } = schema
  if (
    Array.isArray(anyOf) &&
    anyOf.length === 2 &&
    isMember(anyOf[0]) &&
    JSON.stringify(anyOf[1]) === '{"type":"null"}'
  ) {
    return { ...shapeOf({ ...anyOf[0] }), nullable: true }
  }
  const types = [schema['type']].flat()
  const isNullable = schema['nullable'] === true || types.includes('null')
  const alternatives = Array.isArray(schema['oneOf']) ? schema['oneOf'] : []
  const references = [schema, ...alternatives].flatMap((one) => (isMember(one) ? (referenceIn(one) ?? []) : []))
  const keywords = Object.entries(schema).filter(([name]) => !STRUCTURE.has(name) && !ANNOTATIONS.has(name))
  return {
    nullable: isNullable,
    references: references.sort(),
    properties: memberOf(schema, 'properties'),
    items: schema['items'],
    additionalProperties: schema['additionalProperties'],
    oneOf: alternatives.filter((one) => !isMember(one) || referenceIn(one) === undefined),
    discriminator: memberOf(schema, 'discriminator'),
    required: sorted(schema['required']) ?? [],
    enum: sorted(schema['enum'])?.filter((value) => value !== null),
    keywords: new Map(keywords).set('type', types.filter((type) => type !== 'null').join()),
  }
}

function referenceIn(schema: JsonSchema): string | undefined {
  const reference = schema['$ref']
  return typeof reference === 'string' ? reference.split('/').at(-1) : undefined
}

function sorted(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? [...value].sort() : undefined
}

/** Every difference between two schemas, and between those within them. Named schemas are compared by name. */
export function* compareSchemas(where: string, apple: unknown, ours: unknown): Generator<Difference> {
  if (!isMember(apple) || !isMember(ours)) {
    if (JSON.stringify(apple) !== JSON.stringify(ours)) yield { where, what: 'schema', apple, ours }
    return
  }
  const [theirs, own] = [shapeOf(apple), shapeOf(ours)]
  for (const what of ['nullable', 'references', 'required', 'enum'] as const) {
    if (JSON.stringify(theirs[what]) !== JSON.stringify(own[what]))
      yield { where, what, apple: theirs[what], ours: own[what] }
  }
  for (const what of new Set([...theirs.keywords.keys(), ...own.keywords.keys()])) {
    const [one, other] = [theirs.keywords.get(what), own.keywords.get(what)]
    if (JSON.stringify(one) !== JSON.stringify(other)) yield { where, what, apple: one, ours: other }
  }
  yield* compareDiscriminators(where, theirs, own)
  yield* compareSchemas(`${where}/items`, theirs.items, own.items)
  yield* compareSchemas(`${where}/additionalProperties`, theirs.additionalProperties, own.additionalProperties)
  for (const index of Array.from({ length: Math.max(theirs.oneOf.length, own.oneOf.length) }).keys()) {
    yield* compareSchemas(`${where}/oneOf/${index}`, theirs.oneOf[index], own.oneOf[index])
  }
  for (const name of new Set([...Object.keys(theirs.properties), ...Object.keys(own.properties)])) {
    const [one, other] = [theirs.properties[name], own.properties[name]]
    if (one === undefined || other === undefined) {
      yield { where: `${where}/${name}`, what: 'property', apple: one, ours: other }
    } else yield* compareSchemas(`${where}/${name}`, one, other)
  }
}

/** A type must lead to the same schema in both; a type that is only in one of them differs in `references` already. */
function* compareDiscriminators(where: string, apple: Shape, ours: Shape): Generator<Difference> {
  const [theirs, own] = [memberOf(apple.discriminator, 'mapping'), memberOf(ours.discriminator, 'mapping')]
  for (const [type, schema] of Object.entries(own)) {
    if (theirs[type] !== schema) yield { where, what: 'discriminator', apple: theirs[type], ours: schema }
  }
  const missing = Object.keys(theirs).filter((type) => own[type] === undefined).length
  const excess = apple.references.length - ours.references.length
  // A single type needs no discriminator.
  if (ours.references.length > 1 && missing !== excess) {
    yield { where, what: 'discriminator', apple: Object.keys(theirs), ours: Object.keys(own) }
  }
}
