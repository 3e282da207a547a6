import type { Answer } from './exchange.ts'
import { isObject } from './is-object.ts'
import type { Identifier } from './resource-types.ts'
import { UnexpectedAnswerError } from './unexpected-answer-error.ts'

type Members = Readonly<Record<string, unknown>>

/** A relationship as an answer shows it. */
export interface RawRelationship {
  readonly data?: Identifier | readonly Identifier[] | null
  readonly links?: { readonly self?: string; readonly related?: string }
  readonly meta?: Members
}

/** A resource as an answer holds it. */
export interface RawResource extends Identifier {
  readonly attributes?: Members
  readonly relationships?: Readonly<Record<string, RawRelationship>>
  readonly links?: { readonly self?: string }
}

/** The document of an answer, as it came. */
export interface RawDocument {
  readonly data: RawResource | readonly RawResource[] | null
  readonly included?: readonly RawResource[]
  readonly links?: { readonly self?: string; readonly first?: string; readonly next?: string | null }
  readonly meta?: {
    readonly paging?: { readonly total?: number; readonly limit?: number; readonly nextCursor?: string }
  }
}

/** The document of an answer, once its form is what JSON:API says. Throws `UnexpectedAnswerError` otherwise. */
export function readDocument(answer: Answer): RawDocument {
  const document = answer.json
  if (isObject(document)) {
    const { data, included = [], links = {}, meta = {} } = document
    const isWellFormed =
      (data === null || isResource(data) || isResources(data)) &&
      isResources(included) &&
      isObject(links) &&
      isObject(meta)
    // Erasure: every member that the client reads has been looked at; the rest is shown as it came.
    if (isWellFormed) return document as unknown as RawDocument
  }
  throw new UnexpectedAnswerError(answer, 'is no JSON:API document')
}

function isResources(value: unknown): boolean {
  return Array.isArray(value) && value.every(isResource)
}

function isResource(value: unknown): boolean {
  if (!isIdentifier(value)) return false
  const { attributes = {}, relationships = {} } = value
  return isObject(attributes) && isObject(relationships) && Object.values(relationships).every(isRelationship)
}

function isRelationship(value: unknown): boolean {
  if (!isObject(value)) return false
  const { data = null } = value
  return data === null || isIdentifier(data) || (Array.isArray(data) && data.every(isIdentifier))
}

function isIdentifier(value: unknown): value is Members {
  return isObject(value) && typeof value['type'] === 'string' && typeof value['id'] === 'string'
}
