import type { Resource } from '../define-resource.ts'
import type { RowValue } from '../kinds.ts'
import { refuse, refuseAny, type Problem } from '../problem.ts'

/** A JSON object from outside. */
export type Members = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** More than any resource has; a megabyte of made-up names must not become as many problems. */
const MAX_MEMBERS = 100

/** A member of an untrusted object; what its prototype has does not count. */
export function member(object: Members, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** The document is no document: evidence 5.5 no. 25, with its dotted path. */
export function unprocessable(path: string): Problem {
  return { code: 'ENTITY_UNPROCESSABLE', detail: `Unexpected or invalid value at '${path}'` }
}

/** Problems at members of `object` that the format does not have. */
export function strayMembers(object: Members, allowed: readonly string[], path: string): Problem[] {
  const stray = Object.keys(object).filter((name) => !allowed.includes(name))
  return stray.slice(0, MAX_MEMBERS).map((name) => unprocessable(path === '' ? name : `${path}.${name}`))
}

/** The resource object of a request, its envelope checked and its members still untrusted. */
export interface ResourceObject {
  readonly resource: Resource
  readonly id: string | undefined
  readonly attributes: Members
  readonly relationships: Members
  /** JSON pointer to it. */
  readonly pointer: string
  /** Dotted path to it, for problems of form. */
  readonly path: string
}

/** What is wrong with the form of a resource object; nothing about what its members hold. */
export function problemsOfForm(value: unknown, type: string, path: string): Problem[] {
  if (!isObject(value)) return [unprocessable(path)]
  const problems = strayMembers(value, ['type', 'id', 'attributes', 'relationships', 'links', 'meta'], path)
  // Unverified: the answer to a wrong type; no public source shows it (evidence 9).
  if (member(value, 'type') !== type) problems.push(unprocessable(`${path}.type`))
  const id = member(value, 'id')
  if (id !== undefined && typeof id !== 'string') problems.push(unprocessable(`${path}.id`))
  for (const name of ['attributes', 'relationships']) {
    const part = member(value, name)
    const isRight = part === undefined || (isObject(part) && Object.keys(part).length <= MAX_MEMBERS)
    if (!isRight) problems.push(unprocessable(`${path}.${name}`))
  }
  return problems
}

/** The members of a resource object whose form was checked. */
export function openResourceObject(value: Members, resource: Resource, pointer: string, path: string): ResourceObject {
  const id = member(value, 'id')
  const attributes = member(value, 'attributes')
  const relationships = member(value, 'relationships')
  return {
    resource,
    id: typeof id === 'string' ? id : undefined,
    attributes: isObject(attributes) ? attributes : {},
    relationships: isObject(relationships) ? relationships : {},
    pointer,
    path,
  }
}

/** The body of a write: an object with `data`, and `included` where the endpoint takes it. */
export function openBody(body: unknown, allowed: readonly string[]): Members {
  // Unverified: that a body of another JSON type is a document of the wrong form rather than no JSON.
  if (!isObject(body)) refuse({ code: 'ENTITY_UNPROCESSABLE', detail: `Unexpected or invalid value at ''` })
  const stray = strayMembers(body, allowed, '')
  const missing = member(body, 'data') === undefined ? [unprocessable('data')] : []
  refuseAny([...stray, ...missing])
  return body
}

/** Which moment the attributes are given at; each attribute says what it allows then. */
export type Moment = 'create' | 'update'

function attributePointer(object: ResourceObject, name: string): string {
  // RFC 6901: `~` and `/` in a member name are escaped.
  return `${object.pointer}/attributes/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** Gathers the given attributes as rows hold them, and every problem there is with them. */
export function readAttributes(
  object: ResourceObject,
  moment: Moment,
): { readonly attributes: Record<string, RowValue>; readonly problems: Problem[] } {
  const { resource } = object
  const problems: Problem[] = []
  const attributes: Record<string, RowValue> = {}
  for (const name of Object.keys(object.attributes)) {
    const definition = Object.hasOwn(resource.attributes, name) ? resource.attributes[name] : undefined
    if (definition?.[moment] === undefined) {
      problems.push(unknownAttribute(object, name))
      continue
    }
    const value = object.attributes[name]
    if (value === null) {
      // Unverified: how null is refused; Apple's document allows it nearly everywhere (evidence 9).
      if (definition.nullable === true) attributes[name] = null
      else problems.push(missingAttribute(object, name))
      continue
    }
    const complaint = definition.kind.complain(value, name)
    if (complaint !== undefined) problems.push({ ...complaint, source: { pointer: attributePointer(object, name) } })
    else attributes[name] = definition.kind.toRow === undefined ? value : definition.kind.toRow(value)
  }
  return { attributes, problems }
}

function unknownAttribute(object: ResourceObject, name: string): Problem {
  return {
    code: 'ENTITY_ERROR.ATTRIBUTE.UNKNOWN',
    detail: `'${name}' is not an attribute on the resource '${object.resource.type}'`,
    source: { pointer: attributePointer(object, name) },
  }
}

/** Wording: evidence 5.5 no. 28. */
export function missingAttribute(object: ResourceObject, name: string): Problem {
  return {
    code: 'ENTITY_ERROR.ATTRIBUTE.REQUIRED',
    detail: `You must provide a value for the attribute '${name}' with this request`,
    source: { pointer: attributePointer(object, name) },
  }
}

export function relationshipPointer(object: ResourceObject, name: string): string {
  return `${object.pointer}/relationships/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** Wording: evidence 5.5 no. 27. */
export function unknownRelationship(object: ResourceObject, name: string): Problem {
  return {
    code: 'ENTITY_ERROR.RELATIONSHIP.UNKNOWN',
    detail: `'${name}' is not a relationship on the resource '${object.resource.type}'`,
    source: { pointer: relationshipPointer(object, name) },
  }
}

/** Wording: evidence 5.5 no. 29. */
export function missingRelationship(object: ResourceObject, name: string): Problem {
  return {
    code: 'ENTITY_ERROR.RELATIONSHIP.REQUIRED',
    detail: `You must provide a value for the relationship '${name}' with this request`,
    source: { pointer: relationshipPointer(object, name) },
  }
}

/** A `{type, id}` pair of the expected type; anything else is a problem of form. */
export function readIdentifier(value: unknown, type: string, path: string): string | readonly Problem[] {
  if (!isObject(value)) return [unprocessable(path)]
  const problems = strayMembers(value, ['type', 'id', 'meta'], path)
  if (member(value, 'type') !== type) problems.push(unprocessable(`${path}.type`))
  const id = member(value, 'id')
  if (typeof id !== 'string' || id === '') problems.push(unprocessable(`${path}.id`))
  return problems.length > 0 || typeof id !== 'string' ? problems : id
}
