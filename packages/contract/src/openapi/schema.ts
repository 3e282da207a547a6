import type { Relationship } from '../define-resource.ts'
import type { JsonSchema, Kind } from '../kinds.ts'

/** Points at a schema under `components`. */
export function refTo(component: string): JsonSchema {
  return { $ref: `#/components/schemas/${component}` }
}

/** An object of these members; `required` follows Apple's document, which names only what is always there. */
export function objectWith(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema {
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) }
}

export function arrayOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items }
}

/** The same schema with null allowed, in the way of JSON Schema 2020-12. */
export function nullable(schema: JsonSchema): JsonSchema {
  if (typeof schema['$ref'] === 'string') return { anyOf: [schema, { type: 'null' }] }
  const { enum: values } = schema
  return { ...schema, type: [schema['type'], 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) }
}

/** `{type, id}`, as linkage has it everywhere. */
export function identifierOf(type: string): JsonSchema {
  return objectWith({ type: { type: 'string', enum: [type] }, id: { type: 'string' } }, ['id', 'type'])
}

/** The schema of an attribute's values: by name where Apple's document names it. */
export function schemaOf(kind: Kind<unknown>): JsonSchema {
  return kind.component === undefined ? kind.schema : refTo(kind.component)
}

/** Whether a link to one resource can be found empty. */
export function mayBeEmpty(definition: Relationship): boolean {
  if (definition.cardinality === 'many') return false
  const { kept, optional = false, twin = false } = definition
  return kept === 'foreign' || optional || (typeof kept === 'object' && !twin)
}

/** Whether a relationship ever has `data`; the others are links and nothing else. */
export function hasData(definition: Relationship): boolean {
  return definition.includable || definition.kept !== 'foreign'
}

/** `BuildBundle` for `buildBundle`. */
export function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
