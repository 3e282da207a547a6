import assert from 'node:assert/strict'
import { openApiDocument } from '@clipflight/contract'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

interface Schema {
  readonly $ref?: string
}

interface Response {
  readonly $ref?: string
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>
}

interface Operation {
  readonly responses: Readonly<Record<string, Response>>
}

type Json = Record<string, unknown>

// The document is typed as JSON; here it is read as the OpenAPI document that it is.
const document = closed(openApiDocument()) as unknown as {
  paths: Record<string, Record<string, Operation>>
  components: { responses: Record<string, Response> }
}

/**
 * The document says what members there are; a member that it does not name is a mistake of ours, so in tests
 * every object with named members is closed.
 */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const copy: Json = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, closed(member)]))
  const named =
    typeof copy.properties === 'object' &&
    !('type' in (copy.properties as Json) && typeof (copy.properties as Json).type === 'string')
  if (named && copy.additionalProperties === undefined && copy.type !== undefined) copy.additionalProperties = false
  return copy
}

const ajv = new Ajv2020({ strict: false, allErrors: true, discriminator: false })
addFormats.default(ajv)
ajv.addSchema({ ...(document as object), $id: 'clipflight' })
const compiled = new Map<string, ValidateFunction>()

const templates = Object.keys(document.paths).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replace('{id}', '[^/]+')}$`),
}))

/** Fails when an answer is not one that the OpenAPI document describes for its operation. */
export function checkResponse(method: string, url: string, status: number, body: unknown): void {
  const { pathname } = new URL(url)
  const template = templates.find(({ pattern }) => pattern.test(pathname))?.path
  const operation = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()]
  const isUnrouted = template === undefined || operation === undefined
  // Plain text, and pages that are not part of the API.
  if (status === 406 || (isUnrouted && status < 400)) return
  // What fits no operation in particular.
  if (isUnrouted || [405, 413, 414, 415, 500, 503].includes(status)) {
    const schema = { $ref: 'clipflight#/components/schemas/ErrorResponse' }
    checkSchema('ErrorResponse', schema, body, `${method} ${pathname}`)
    return
  }
  const response = resolved(operation.responses[String(status)])
  assert.ok(
    response,
    `${method} ${template} answered ${status}, which its document does not have: ${JSON.stringify(body)}`,
  )
  const schema = response.content?.['application/json']?.schema
  if (schema === undefined) {
    assert.equal(body, undefined, `${method} ${template} ${status} has a body, which its document does not have`)
    return
  }
  checkSchema(`${method} ${template} ${status}`, absolute(schema), body, `${method} ${url} ${status}`)
}

/** What a response is, where the document says it in its components. */
function resolved(response: Response | undefined): Response | undefined {
  if (response?.$ref === undefined) return response
  return document.components.responses[response.$ref.split('/').at(-1) ?? '']
}

/** The schema with its reference led into the whole document, which the validator knows by its id. */
function absolute(schema: Schema): object {
  return schema.$ref === undefined ? schema : { $ref: `clipflight${schema.$ref}` }
}

function checkSchema(key: string, schema: object, body: unknown, what: string): void {
  const validate = compiled.get(key) ?? ajv.compile(schema)
  compiled.set(key, validate)
  assert.ok(
    validate(body),
    `${what}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body, null, 2).slice(0, 3000)}`,
  )
}
