interface CodeMeaning {
  readonly status: number
  readonly title: string
}

/**
 * Every error code of the service with its HTTP status and title: the only place that knows either.
 * Numbers behind a row are those of docs/evidence.md, section 5; `Unverified:` marks what no public source shows.
 */
export const CODES = {
  /** No. 1. */
  NOT_AUTHORIZED: { status: 401, title: 'Authentication credentials are missing or invalid.' },
  /** No. 2. */
  FORBIDDEN_ERROR: { status: 403, title: 'This request is forbidden for security reasons' },
  /** No. 5. Unverified: the title; only the code was recorded. */
  'FORBIDDEN.REQUEST_DOES_NOT_MATCH_SCOPE': { status: 403, title: 'The request does not match the scope of the token' },
  /** No. 6. Unverified: the title; only the code was recorded. */
  METHOD_NOT_ALLOWED: { status: 405, title: 'The method is not allowed' },
  /** No. 14 and 15. */
  NOT_FOUND: { status: 404, title: 'The specified resource does not exist' },
  /** No. 16 and 17. */
  PATH_ERROR: { status: 404, title: 'The URL path is not valid' },
  /** No. 19 to 22. */
  'PARAMETER_ERROR.INVALID': { status: 400, title: 'A parameter has an invalid value' },
  /** No. 23. */
  'PARAMETER_ERROR.ILLEGAL': { status: 400, title: 'A given parameter is not allowed for this request' },
  /** No. 24. Unverified: the title. */
  'PARAMETER_ERROR.REQUIRED': { status: 400, title: 'A required parameter is missing' },
  /** No. 7, and section 5.8: malformed JSON. */
  ENTITY_INVALID: { status: 400, title: 'JSON processing failed' },
  /** No. 25. */
  ENTITY_UNPROCESSABLE: { status: 422, title: 'The request entity is not a valid request document object' },
  /** No. 26. */
  'ENTITY_ERROR.ATTRIBUTE.UNKNOWN': { status: 409, title: 'The provided entity includes an unknown attribute' },
  /** No. 27. */
  'ENTITY_ERROR.RELATIONSHIP.UNKNOWN': { status: 409, title: 'The provided entity includes an unknown relationship' },
  /** No. 28. */
  'ENTITY_ERROR.ATTRIBUTE.REQUIRED': { status: 409, title: 'The provided entity is missing a required attribute' },
  /** No. 29. */
  'ENTITY_ERROR.RELATIONSHIP.REQUIRED': {
    status: 409,
    title: 'The provided entity is missing a required relationship',
  },
  /** No. 31. */
  'ENTITY_ERROR.ATTRIBUTE.TYPE': { status: 409, title: 'An attribute in the provided entity has the wrong type' },
  /** No. 32 and 34. */
  'ENTITY_ERROR.ATTRIBUTE.INVALID': { status: 409, title: 'An attribute in the provided entity has invalid value' },
  /** No. 35 and 36. */
  'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE': {
    status: 409,
    title: 'The provided entity includes an attribute with a value that has already been used',
  },
  /** No. 40. */
  'ENTITY_ERROR.ATTRIBUTE.INVALID.TOO_LONG': { status: 409, title: 'There is a problem with the request entity' },
  /** No. 41. Unverified: the title, by analogy with no. 40. */
  'ENTITY_ERROR.ATTRIBUTE.INVALID.TOO_SHORT': { status: 409, title: 'There is a problem with the request entity' },
  /** No. 42. Unverified: the title, by analogy with no. 40. */
  'ENTITY_ERROR.ATTRIBUTE.INVALID.INVALID_CHARACTERS': {
    status: 409,
    title: 'There is a problem with the request entity',
  },
  /** No. 43 to 49. */
  'ENTITY_ERROR.RELATIONSHIP.INVALID': {
    status: 409,
    title: 'The provided entity includes a relationship with an invalid value',
  },
  /** No. 50: a count limit. Unverified: the title, which is a sentence of the resource's own there. */
  'ENTITY_ERROR.RELATIONSHIP.INVALID.NOT_ALLOWED': {
    status: 409,
    title: 'The provided entity includes a relationship with an invalid value',
  },
  /** No. 52. */
  'ENTITY_ERROR.INCLUDED.INVALID_ID': { status: 409, title: 'The provided entity id is invalid' },
  /** No. 53. Unverified: the title; only the code was recorded. */
  'ENTITY_ERROR.UNEXPECTED_ID': { status: 409, title: 'The provided entity has an unexpected id' },
  /** Section 5.8. Unverified: no public source shows the answer to a `data.id` that differs from the path. */
  'ENTITY_ERROR.ID_MISMATCH': { status: 409, title: 'The provided entity id is invalid' },
  /** No. 64. */
  RATE_LIMIT_EXCEEDED: { status: 429, title: 'The request rate limit has been reached.' },
  /** No. 65. */
  UNEXPECTED_ERROR: { status: 500, title: 'An unexpected error occurred.' },

  /** Clipflight's own: an operation that Apple has and this service has not. */
  NOT_IMPLEMENTED: { status: 501, title: 'The operation is not implemented by this service' },
  /** Section 5.8: documented status. Unverified: the body. */
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The media type of the request is not supported' },
  /** Unverified: no public source shows how Apple refuses these. */
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The request entity is too large' },
  URI_TOO_LONG: { status: 414, title: 'The request URL is too long' },
  /** Unverified: a request that is not HTTP as RFC 9112 has it, or that never came to its end. */
  BAD_REQUEST: { status: 400, title: 'The request is not valid HTTP' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request took too long to arrive' },
  REQUEST_HEADERS_TOO_LARGE: { status: 431, title: 'The headers of the request are too large' },
  /** The database does not answer. */
  SERVICE_UNAVAILABLE: { status: 503, title: 'The service is not available.' },
} as const satisfies Record<string, CodeMeaning>

export type Code = keyof typeof CODES

/** Where a problem is: a JSON pointer into the request body, or the name of a query parameter. */
export type Source = { readonly pointer: string } | { readonly parameter: string }

/** One error of a response, before it is written. */
export interface Problem {
  readonly code: Code
  /** Missing where Apple's is. */
  readonly detail?: string
  /** Replaces the title of the code, where Apple words one resource's otherwise. */
  readonly title?: string
  readonly source?: Source
  readonly links?: { readonly about?: string }
}

/** What is wrong with one value, before anybody knows where in the request it stands. */
export interface Complaint {
  readonly code: Code
  readonly detail: string
}

/** Thrown by `refuse`: the request is answered with these problems and has changed nothing. */
export class ApiError extends Error {
  readonly problems: readonly [Problem, ...Problem[]]

  constructor(problems: readonly [Problem, ...Problem[]]) {
    super(problems.map(inWords).join('; '))
    this.name = 'ApiError'
    this.problems = problems
  }

  /** HTTP status of the whole answer: that of its first problem. */
  get status(): number {
    return CODES[this.problems[0].code].status
  }
}

function inWords({ code, detail = CODES[code].title, source }: Problem): string {
  const at = source === undefined ? undefined : 'pointer' in source ? source.pointer : source.parameter
  return `${code}: ${detail}${at === undefined ? '' : ` (${at})`}`
}

/** More than anybody reads; Apple was seen to answer 174 at once (evidence 8). */
const MAX_PROBLEMS = 200

/** Ends a stage: throws when there is a problem, returns when there is none. */
export function refuseAny(problems: readonly Problem[]): void {
  const [first, ...rest] = problems.slice(0, MAX_PROBLEMS)
  if (first !== undefined) throw new ApiError([first, ...rest])
}

/** Ends a request with one problem. */
export function refuse(problem: Problem): never {
  throw new ApiError([problem])
}

/** An element of `errors` in a response. https://developer.apple.com/documentation/appstoreconnectapi/errorresponse */
export interface ResponseError {
  readonly id?: string
  readonly status: string
  readonly code: string
  readonly title: string
  readonly detail?: string
  readonly source?: Source
  readonly links?: Problem['links']
}

export interface ErrorResponse {
  readonly errors: readonly ResponseError[]
}

/** Problems as the body of a response. `ids` gives each its unique id; Apple sends none with a 401. */
export function writeErrors(problems: readonly Problem[], ids: (index: number) => string): ErrorResponse {
  return {
    errors: problems.map((problem, index) => {
      const { status, title } = CODES[problem.code]
      return {
        ...(status === 401 ? {} : { id: ids(index) }),
        status: String(status),
        code: problem.code,
        title: problem.title ?? title,
        ...(problem.detail === undefined ? {} : { detail: problem.detail }),
        ...(problem.source === undefined ? {} : { source: problem.source }),
        ...(problem.links === undefined ? {} : { links: problem.links }),
      }
    }),
  }
}
