import type { JsonSchema, OpenApiDocument } from '@clipflight/contract'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formatsPlugin from 'ajv-formats'

/** What is wrong with the document in itself: schemas that do not compile, references to nothing, examples that do not fit. */
export function problemsOfDocument(document: OpenApiDocument): string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formatsPlugin.default(ajv)
  ajv.addSchema({ $id: 'document', components: { schemas: document.components.schemas } })
  const uncompiled = Object.keys(document.components.schemas).flatMap((name) => {
    try {
      ajv.compile({ $ref: `document#/components/schemas/${name}` })
      return []
    } catch (error) {
      return [`schema ${name}: ${error instanceof Error ? error.message : String(error)}`]
    }
  })
  if (uncompiled.length > 0) return uncompiled
  return [...danglingReferences(document), ...repeatedIds(document), ...wrongExamples(ajv, document)]
}

/** Everything in a JSON document that is an object, with its JSON pointer. */
function* objectsIn(value: unknown, pointer = ''): Generator<readonly [string, JsonSchema]> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield [pointer, value as JsonSchema]
  for (const [name, member] of Object.entries(value)) {
    yield* objectsIn(member, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  }
}

function danglingReferences(document: OpenApiDocument): string[] {
  const objects = new Map(objectsIn(document))
  return [...objects].flatMap(([pointer, { $ref }]) => {
    return typeof $ref !== 'string' || objects.has($ref.slice(1)) ? [] : [`${pointer}: ${$ref} is not there`]
  })
}

function repeatedIds(document: OpenApiDocument): string[] {
  const ids = [...objectsIn(document.paths)].flatMap(([, { operationId }]) => operationId ?? [])
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `operationId ${String(id)} is there twice`)
}

/** Examples stand next to a reference to their schema. */
function wrongExamples(ajv: Ajv2020, document: OpenApiDocument): string[] {
  return [...objectsIn({ paths: document.paths, responses: document.components['responses'] })].flatMap(
    ([pointer, { example, schema }]) => {
      if (example === undefined || typeof schema !== 'object' || schema === null || !('$ref' in schema)) return []
      const holds = ajv.compile({ $ref: `document${String(schema.$ref)}` })
      return holds(example) ? [] : [`${pointer}: the example does not fit its schema: ${ajv.errorsText(holds.errors)}`]
    },
  )
}
