import type { Resource } from '@clipflight/contract'
import type { RawDocument, RawResource } from './answer-document.ts'
import type { Answer } from './exchange.ts'
import type { DefinitionsByType } from './resource-types.ts'
import { UnexpectedAnswerError } from './unexpected-answer-error.ts'

/** The definitions that an answer about a resource is to be read by. */
export interface Expected {
  readonly resource: Resource
  readonly definitions: DefinitionsByType
  /** Names of the relationships that were asked to come along. */
  readonly include?: readonly string[]
}

/**
 * Throws `UnexpectedAnswerError` unless what is in a document is what the types of results promise: resources of the
 * type that was asked for, text where text is defined, and as many at the other end of a relationship as there may be.
 */
export function checkTypes({ resource, definitions }: Expected, document: RawDocument, answer: Answer): void {
  const { data, included = [] } = document
  const asked = [data ?? []].flat()
  const isFit =
    asked.every(({ type }) => type === resource.type) &&
    [...asked, ...included].every((one) => !Object.hasOwn(definitions, one.type) || fits(one, definitions[one.type]))
  if (!isFit) throw new UnexpectedAnswerError(answer, `is not as '${resource.type}' is defined`)
}

function fits({ attributes = {}, relationships = {} }: RawResource, definition: Resource | undefined): boolean {
  const areTexts = Object.entries(definition?.attributes ?? {}).every(
    ([name, { kind }]) => kind.schema['type'] !== 'string' || isTextOrNothing(attributes[name]),
  )
  return (
    areTexts &&
    Object.entries(definition?.relationships ?? {}).every(([name, { cardinality }]) => {
      const { data } = relationships[name] ?? {}
      return data === undefined || Array.isArray(data) === (cardinality === 'many')
    })
  )
}

function isTextOrNothing(value: unknown): boolean {
  return typeof value === 'string' || value === undefined || value === null
}
