import type { JsonSchema } from '../kinds.ts'
import type { QueryParameter } from '../query-parameters.ts'

/** The id in a path. */
export const ID_PARAMETER: JsonSchema = {
  name: 'id',
  in: 'path',
  description: 'the id of the requested resource',
  schema: { type: 'string' },
  style: 'simple',
  required: true,
}

/** A query parameter as OpenAPI has it; lists are joined by commas. */
export function writeParameter(parameter: QueryParameter): JsonSchema {
  const { name, description, required, deprecated } = parameter
  const schema = schemaOfParameter(parameter)
  return {
    name,
    in: 'query',
    description,
    schema,
    style: 'form',
    ...(schema['type'] === 'integer' ? {} : { explode: false }),
    required,
    ...(deprecated ? { deprecated } : {}),
  }
}

function schemaOfParameter(parameter: QueryParameter): JsonSchema {
  switch (parameter.kind) {
    case 'limit':
    case 'relationship limit':
      return { type: 'integer', maximum: parameter.maximum }
    case 'exists':
      return { type: 'boolean' }
    case 'filter':
    case 'sort':
    case 'fields':
    case 'include': {
      const { values } = parameter
      return { type: 'array', items: { type: 'string', ...(values === undefined ? {} : { enum: values }) } }
    }
  }
}
