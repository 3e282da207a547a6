import type { JsonSchema } from '../kinds.ts'
import { arrayOf, objectWith, refTo } from './schema.ts'

const text: JsonSchema = { type: 'string' }
const integer: JsonSchema = { type: 'integer' }
const link: JsonSchema = { type: 'string', format: 'uri-reference' }

/** The schemas that no resource has to itself, by Apple's names. */
export const COMMON_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  DocumentLinks: objectWith({ self: link }, ['self']),
  PagedDocumentLinks: objectWith({ self: link, first: link, next: link }, ['self']),
  ResourceLinks: objectWith({ self: link }),
  RelationshipLinks: objectWith({ self: link, related: link }),
  PagingInformation: objectWith(
    {
      paging: objectWith(
        {
          total: { ...integer, description: 'How many there are on all pages.' },
          limit: { ...integer, description: 'How many a page may hold.' },
          nextCursor: text,
        },
        ['limit'],
      ),
    },
    ['paging'],
  ),
  ErrorResponse: objectWith({ errors: arrayOf(refTo('ResponseError')) }),
  ResponseError: objectWith(
    {
      id: { ...text, description: 'The id of the request, for the log of the service.' },
      status: { ...text, description: 'The HTTP status.' },
      code: { ...text, description: 'What is wrong, for programs. Codes grow more specific from dot to dot.' },
      title: { ...text, description: 'What is wrong, for people; the same for every error of the code.' },
      detail: { ...text, description: 'What is wrong with this request.' },
      source: { oneOf: [refTo('ErrorSourcePointer'), refTo('ErrorSourceParameter')] },
      links: refTo('ErrorLinks'),
      meta: {
        ...objectWith({
          associatedErrors: { type: 'object', additionalProperties: arrayOf(refTo('ResponseError')) },
        }),
        additionalProperties: true,
      },
    },
    ['code', 'status', 'title'],
  ),
  ErrorSourcePointer: {
    title: 'JsonPointer',
    ...objectWith({ pointer: { ...text, description: 'A JSON pointer into the body of the request.' } }, ['pointer']),
  },
  ErrorSourceParameter: {
    title: 'Parameter',
    ...objectWith({ parameter: { ...text, description: 'The name of a query parameter.' } }, ['parameter']),
  },
  ErrorLinks: objectWith({
    about: link,
    associated: { oneOf: [link, objectWith({ href: link, meta: objectWith({ source: text }) })] },
  }),
}
