import {
  ID_FORM,
  isRequired,
  mayGiveId,
  nestedIn,
  resources,
  ROLES,
  rootResources,
  type Attribute,
  type JsonSchema,
  type Nested,
  type Resource,
} from '@clipflight/contract'
import { DURATION_PATTERN, isSchema } from './moments.ts'

/** JSON Schema of seed files, for editors that complete and check YAML. Derived from the definitions. */
export function seedSchema(): JsonSchema {
  const definitions: Record<string, JsonSchema> = {}
  for (const resource of rootResources) define(resource, new Set(), definitions)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Clipflight seed file',
    description: 'What a Clipflight service holds when it starts for the first time.',
    type: 'object',
    required: ['teams'],
    additionalProperties: false,
    properties: { teams: { type: 'array', minItems: 1, items: { $ref: '#/$defs/team' } } },
    $defs: { team: teamSchema(), key: KEY, ...inRegistryOrder(definitions) },
  }
}

/** As `docs/seed.schema.json` holds it. */
export function seedSchemaText(): string {
  return `${JSON.stringify(seedSchema(), undefined, 2)}\n`
}

function teamSchema(): JsonSchema {
  return {
    description: 'A team: its keys, and what they see. No team sees anything of another.',
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 1 },
      issuerId: { description: 'Made when left out.', type: 'string', format: 'uuid' },
      keys: {
        description: 'When left out, one key with the role ADMIN.',
        type: 'array',
        items: { $ref: '#/$defs/key' },
      },
      ...Object.fromEntries(rootResources.map((resource) => [resource.type, listOfItems(resource)])),
    },
  }
}

/** As Apple's are. */
export const KEY_ID = /^[A-Z0-9]{10}$/

const KEY = {
  description:
    'A key of a team. When `publicKey` is left out a pair is made, and its private half is put into the data directory.',
  type: 'object',
  additionalProperties: false,
  properties: {
    id: { description: 'Made when left out.', type: 'string', pattern: KEY_ID.source },
    name: { type: 'string', minLength: 1 },
    roles: { type: 'array', minItems: 1, items: { enum: ROLES }, default: ['ADMIN'] },
    individual: { description: 'Its tokens carry no issuer.', type: 'boolean', default: false },
    publicKey: {
      description: 'Public half of a P-256 key, PEM.',
      type: 'string',
      pattern: '-----BEGIN PUBLIC KEY-----',
    },
    revoked: { type: 'boolean', default: false },
  },
} satisfies JsonSchema

/** What is said of a key of a team. */
export const KEY_MEMBERS = Object.keys(KEY.properties)

function define(resource: Resource, above: ReadonlySet<string>, definitions: Record<string, JsonSchema>): void {
  if (Object.hasOwn(definitions, resource.type)) return
  const nested = nestedIn(resource, above)
  const names = Object.keys(resource.attributes)
  const required = names.filter((name) => isRequired(resource, name))
  definitions[resource.type] = {
    description: resource.description,
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
    properties: {
      ...(mayGiveId(resource)
        ? { id: { description: 'Made when left out.', type: 'string', pattern: ID_FORM.source } }
        : {}),
      ...Object.fromEntries(
        Object.entries(resource.attributes).map(([name, attribute]) => [name, attributeSchema(attribute)]),
      ),
      ...Object.fromEntries(nested.map((each) => [each.name, nestedSchema(each)])),
    },
  }
  for (const { target, shape } of nested) {
    if (shape.is !== 'references') define(target, new Set([...above, resource.type]), definitions)
  }
}

function inRegistryOrder(definitions: Record<string, JsonSchema>): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.keys(resources).flatMap((type) => {
      const schema = definitions[type]
      return schema === undefined ? [] : [[type, schema] as const]
    }),
  )
}

function attributeSchema({ kind, nullable, initial }: Attribute): JsonSchema {
  const listed = kind.values !== undefined && kind.schema.enum === undefined ? { enum: kind.values } : {}
  const schema: JsonSchema = { ...withDurations(kind.schema), ...listed }
  return {
    ...(nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema),
    ...(initial === undefined || typeof initial === 'object' ? {} : { default: initial }),
  }
}

/** A point in time may be a duration too, wherever it stands. */
function withDurations(schema: JsonSchema): JsonSchema {
  if (schema.format === 'date-time') {
    return {
      anyOf: [
        schema,
        { description: 'A duration, counted from the seeding.', type: 'string', pattern: DURATION_PATTERN },
      ],
    }
  }
  const { items, properties, ...rest } = schema
  const changed: { items?: JsonSchema; properties?: JsonSchema; additionalProperties?: false } = {}
  if (isSchema(items)) changed.items = withDurations(items)
  if (isSchema(properties)) {
    changed.properties = Object.fromEntries(
      Object.entries(properties).map(([name, member]) => [name, isSchema(member) ? withDurations(member) : member]),
    )
    changed.additionalProperties = false
  }
  return { ...rest, ...changed }
}

function nestedSchema({ target, shape }: Nested): JsonSchema {
  if (shape.is === 'references') {
    return { description: `Names or ids of '${target.type}' beside it.`, type: 'array', items: { type: 'string' } }
  }
  return shape.is === 'list' ? listOfItems(target) : { $ref: `#/$defs/${target.type}` }
}

function listOfItems({ type, atMost }: Resource): JsonSchema {
  return {
    type: 'array',
    ...(atMost === undefined ? {} : { maxItems: atMost.count }),
    items: { $ref: `#/$defs/${type}` },
  }
}
