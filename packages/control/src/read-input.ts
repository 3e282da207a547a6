import type { TObject, TSchema } from 'typebox'
import { Settings } from 'typebox/system'
import { Check, Errors } from 'typebox/value'
import type { Operation } from './operation.ts'
import { operationNamed, type Input, type OperationName } from './operations.ts'

/** More is no help to anybody. TypeBox itself stops at eight, and counts a member that is not known as one of them. */
const MOST_ERRORS = 100
Settings.Set({ maxErrors: MOST_ERRORS })

/** The parts of a request as they arrived; nothing of them is trusted. */
export interface RequestParts {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** JSON; undefined where there is none. */
  readonly body: unknown
}

/** What is wrong with a request, and where. */
export interface InputComplaint {
  readonly source: { readonly pointer: string } | { readonly parameter: string }
  readonly detail: string
}

export type ReadInput<N extends OperationName> =
  | { readonly input: Input<N> }
  | { readonly complaints: readonly InputComplaint[] }

/** What the operation takes, out of a request; or everything that is wrong with that. */
export function readInput<N extends OperationName>(name: N, parts: RequestParts): ReadInput<N> {
  const { params, query, body }: Operation = operationNamed(name)
  const given = {
    params: fromText(params, Object.entries(parts.params)),
    query: fromText(query, [...parts.query]),
    // No body is as good as an empty object: not every operation needs to be told anything.
    body: body === undefined ? undefined : (parts.body ?? {}),
  }
  const complaints = [
    ...complaintsOfText(params, given.params),
    ...complaintsOfText(query, given.query),
    ...complaintsOfRepeated([...parts.query.keys()]),
    ...(body === undefined ? [] : complaintsOf(body, given.body)),
  ]
  if (complaints.length > 0) return { complaints }
  // Erasure: all three parts were just held against the schemas that the type derives from.
  return { input: Object.assign({}, given.params, given.query, given.body) as Input<N> }
}

/** What a path or a query says, with numbers where the schema has them. */
function fromText(schema: TObject | undefined, entries: readonly (readonly [string, string])[]): object {
  return Object.fromEntries(
    entries.map(([name, text]) => {
      const isInteger = typeOf(schema?.properties[name]) === 'integer'
      return [name, isInteger && /^-?\d{1,15}$/.test(text) ? Number(text) : text]
    }),
  )
}

function typeOf(schema: TSchema | undefined): unknown {
  return schema !== undefined && 'type' in schema ? schema.type : undefined
}

function complaintsOfText(schema: TObject | undefined, value: object): readonly InputComplaint[] {
  if (schema === undefined) {
    return Object.keys(value).map((name) => ({
      source: { parameter: name },
      detail: `The parameter '${name}' is not known here.`,
    }))
  }
  return complaintsOf(schema, value).map(({ source, detail }) => ({
    source: { parameter: 'pointer' in source ? source.pointer.slice(1) : source.parameter },
    detail,
  }))
}

/** Whichever of them was heeded, the other would not be. */
function complaintsOfRepeated(names: readonly string[]): readonly InputComplaint[] {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index))
  return [...repeated].map((name) => ({
    source: { parameter: name },
    detail: `The parameter '${name}' is given twice.`,
  }))
}

/** Types of JSON, in words. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['object', 'an object'],
  ['array', 'a list'],
  ['string', 'text'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
])

function inWords(types: readonly string[]): string {
  return types.map((type) => TYPES.get(type) ?? type).join(' or ')
}

/** Each with a JSON pointer; none where the value is as the schema says, and there only. */
export function complaintsOf(schema: TObject, value: unknown): readonly InputComplaint[] {
  if (Check(schema, value)) return []
  const complaints = Errors(schema, value).flatMap(({ keyword, params, instancePath, message, schemaPath }) => {
    const at = (path: string, detail: string): InputComplaint => ({ source: { pointer: path }, detail })
    switch (keyword) {
      // Says once more what `additionalProperties` says.
      case 'boolean':
        return []
      case 'additionalProperties':
        return params.additionalProperties.map((name) => {
          const known = Object.keys(schemaAt(schema, schemaPath)?.properties ?? {})
          const hint = known.length === 0 ? '' : ` Known are: ${known.join(', ')}.`
          return at(`${instancePath}/${name}`, `'${name}' is not known here.${hint}`)
        })
      case 'type':
        // One way of several: what they are comes with `anyOf`.
        return schemaPath.includes('/anyOf/') ? [] : [at(instancePath, `It must be ${inWords([params.type].flat())}.`)]
      case 'anyOf': {
        const types = (schemaAt(schema, schemaPath)?.anyOf ?? []).flatMap(({ type }) => type ?? [])
        return [at(instancePath, `It must be ${inWords(types)}.`)]
      }
      case 'const':
        return [at(instancePath, `It must be ${JSON.stringify(params.allowedValue)}.`)]
      case 'minimum':
        return [at(instancePath, `It must be ${params.limit} or more.`)]
      case 'maximum':
        return [at(instancePath, `It must be ${params.limit} or less.`)]
      case 'minLength':
      case 'minItems':
        // Nothing has to have more than one.
        return [at(instancePath, 'It must not be empty.')]
      case 'required':
        return params.requiredProperties.map((name) => at(`${instancePath}/${name}`, `'${name}' is missing.`))
      case 'enum':
        return [at(instancePath, `It must be one of: ${params.allowedValues.join(', ')}.`)]
      case 'pattern': {
        const expected = schemaAt(schema, schemaPath)?.description
        return [at(instancePath, `It must be ${expected ?? `text that matches ${String(params.pattern)}`}`)]
      }
      case 'format':
        // The only format that the control API has.
        return [at(instancePath, 'It must be a moment such as 2030-01-01T00:00:00Z.')]
      case 'minProperties':
      case 'maxProperties': {
        const known = Object.keys(schemaAt(schema, schemaPath)?.properties ?? {})
        const howMany = keyword === 'minProperties' ? 'one' : 'at most one'
        return [at(instancePath, `It must have ${howMany} of: ${known.join(', ')}.`)]
      }
      default:
        return [at(instancePath, `It ${message}.`)]
    }
  })
  // Each unknown member is one error before the error that names them all, which does not come then.
  return complaints.length > 0
    ? complaints
    : [{ source: { pointer: '' }, detail: 'It has many members that are not known here.' }]
}

interface SchemaPart {
  readonly properties?: object
  readonly description?: string
  readonly anyOf?: readonly { readonly type?: string }[]
}

/** The part of a schema that `#/properties/then` leads to. */
function schemaAt(schema: TObject, path: string): SchemaPart | undefined {
  let part: unknown = schema
  for (const step of path.split('/').slice(1)) {
    part =
      typeof part === 'object' && part !== null ? new Map<string, unknown>(Object.entries(part)).get(step) : undefined
  }
  return typeof part === 'object' && part !== null ? part : undefined
}
