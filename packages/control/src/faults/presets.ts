import { DETAILS } from '@clipflight/contract'
import type { FaultAnswer, FaultRule } from './fault-rule.ts'
import { LONGEST_DELAY_MILLISECONDS } from './longest-delay.ts'

/** A fault that Apple's service was seen to show, by a name. */
export interface Preset extends FaultRule {
  readonly name: string
  /** One sentence: what a client sees. */
  readonly description: string
}

const once = { next: 1 } as const

const TOO_MANY: FaultAnswer = {
  status: 429,
  code: 'RATE_LIMIT_EXCEEDED',
  title: 'The request rate limit has been reached.',
  detail: DETAILS.RATE_LIMIT_EXCEEDED,
}

const UNEXPECTED: FaultAnswer = {
  status: 500,
  code: 'UNEXPECTED_ERROR',
  title: 'An unexpected error occurred.',
  detail: DETAILS.UNEXPECTED_ERROR,
}

function page(status: number, title: string): FaultAnswer {
  return {
    status,
    html: `<html>\n<head><title>${status} ${title}</title></head>\n<body>\n<center><h1>${status} ${title}</h1></center>\n</body>\n</html>\n`,
  }
}

/**
 * The faults that clients of Apple's service learned of the hard way. `docs/sandbox.md` says where each was reported.
 * Those that would make everything fail strike once; the others as it was reported.
 */
export const presets: readonly Preset[] = [
  {
    name: 'random-401',
    description: 'One request in five with a valid token gets 401 NOT_AUTHORIZED; the next try goes through.',
    match: {},
    when: { probability: 0.2 },
    then: {
      answer: {
        status: 401,
        code: 'NOT_AUTHORIZED',
        title: 'Authentication credentials are missing or invalid.',
        detail: DETAILS.NOT_AUTHORIZED,
      },
    },
  },
  {
    name: 'rate-limit',
    description: '429 with nothing left of the hour.',
    match: {},
    when: once,
    then: { answer: { ...TOO_MANY, headers: { 'x-rate-limit': 'user-hour-lim:3600;user-hour-rem:0;' } } },
  },
  {
    name: 'rate-limit-with-budget',
    description: '429 although most of the hourly budget is left.',
    match: {},
    when: once,
    then: { answer: { ...TOO_MANY, headers: { 'x-rate-limit': 'user-hour-lim:3600;user-hour-rem:3121;' } } },
  },
  {
    name: 'rate-limit-retry-after-hour',
    description: '429 with a Retry-After of an hour.',
    match: {},
    when: once,
    then: {
      answer: {
        ...TOO_MANY,
        headers: { 'retry-after': '3600', 'x-rate-limit': 'user-hour-lim:3600;user-hour-rem:0;' },
      },
    },
  },
  {
    name: 'rate-limit-other-code',
    description: '429 with the code RATE_LIMIT, as some endpoints have it.',
    match: {},
    when: once,
    then: { answer: { ...TOO_MANY, code: 'RATE_LIMIT' } },
  },
  {
    name: 'unexpected-error',
    description: '500 UNEXPECTED_ERROR, and nothing was done.',
    match: {},
    when: once,
    then: { answer: UNEXPECTED },
  },
  {
    name: 'applied-500',
    description: 'A creation is carried out and answered with 500.',
    match: { method: 'POST' },
    when: once,
    then: { answer: UNEXPECTED, applied: true },
  },
  {
    name: 'applied-504',
    description: 'A creation is carried out and answered with the HTML of a gateway that lost patience.',
    match: { method: 'POST' },
    when: once,
    then: { answer: page(504, 'Gateway Time-out'), applied: true },
  },
  {
    name: 'bad-gateway',
    description: '502 with a text that is not JSON: Could not process this request.',
    match: {},
    when: once,
    then: { answer: { status: 502, html: 'Could not process this request' } },
  },
  {
    name: 'unavailable-html',
    description: '503 with an HTML page.',
    match: {},
    when: once,
    then: { answer: page(503, 'Service Temporarily Unavailable') },
  },
  {
    name: 'unavailable',
    description: '503 with an error in JSON.',
    match: {},
    when: once,
    then: {
      answer: {
        status: 503,
        code: 'SERVICE_UNAVAILABLE',
        title: 'The service is not available.',
        detail: 'The service is not available. Please try again later.',
      },
    },
  },
  {
    name: 'gateway-timeout',
    description: '504 with an HTML page, and nothing was done.',
    match: {},
    when: once,
    then: { answer: page(504, 'Gateway Time-out') },
  },
  {
    name: 'error-without-detail',
    description: 'A write is refused with an error that has no detail, although the specification requires one.',
    match: { method: 'POST' },
    when: once,
    then: {
      answer: {
        status: 409,
        code: 'ENTITY_ERROR.RELATIONSHIP.INVALID',
        title: 'The provided entity includes a relationship with an invalid value',
        detail: null,
      },
    },
  },
  {
    name: 'associated-errors',
    description: 'A write is refused with what is really wrong in meta.associatedErrors, by path.',
    match: { method: 'POST' },
    when: once,
    then: {
      answer: {
        status: 409,
        code: 'STATE_ERROR.ENTITY_STATE_INVALID',
        title: 'The request cannot be fulfilled because of the state of another resource.',
        detail: 'This resource cannot be reviewed, please check associated errors to see why.',
        meta: {
          associatedErrors: {
            '/v1/buildBundles/': [
              {
                id: '4b5c6c27-1d7c-4d0e-8a39-3c1c6f1d9a55',
                status: '409',
                code: 'ENTITY_ERROR.ATTRIBUTE.REQUIRED',
                title: 'The provided entity is missing a required attribute',
                detail: "You must provide a value for the attribute 'locale' with this request",
                source: { pointer: '/data/attributes/locale' },
              },
            ],
          },
        },
      },
    },
  },
  {
    name: 'made-by-apple',
    description: 'A title is refused with 409 as already there, and it is: Apple had made it itself.',
    match: { method: 'POST', path: '/v1/*Localizations' },
    when: once,
    then: {
      answer: {
        status: 409,
        code: 'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE',
        title: 'The provided entity includes an attribute with a value that has already been used',
        detail: 'Entity with this locale already exists. Try updating.',
        source: { pointer: '/data/attributes/locale' },
      },
      applied: true,
    },
  },
  {
    name: 'no-app-clip',
    description: 'The endpoints of App Clips below a bundle answer 404, as those of a bundle without one do.',
    match: { method: 'GET', path: '/v1/buildBundles/*/**' },
    when: once,
    then: {
      answer: {
        status: 404,
        code: 'NOT_FOUND',
        title: 'The specified resource does not exist',
        detail: 'The request expected results but none were found',
      },
    },
  },
  {
    name: 'parameter-refused',
    description: 'A query that the specification allows is refused with 400 PARAMETER_ERROR.ILLEGAL.',
    match: { method: 'GET' },
    when: once,
    then: {
      answer: {
        status: 400,
        code: 'PARAMETER_ERROR.ILLEGAL',
        title: 'A given parameter is not allowed for this request',
        detail: "The parameter 'include' can not be used with this request",
        source: { parameter: 'include' },
      },
    },
  },
  {
    name: 'agreement-missing',
    description: 'Everything is refused with 403 until somebody signs an agreement on the web.',
    match: {},
    when: {},
    then: {
      answer: {
        status: 403,
        code: 'FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED',
        title: 'A required agreement is missing or has expired.',
        detail: 'This request requires an in-effect agreement that has not been signed or has expired.',
        links: { see: '/agreements' },
      },
    },
  },
  {
    name: 'membership-expired',
    description: 'Everything is refused with 403, for the membership of the team has ended.',
    match: {},
    when: {},
    then: {
      answer: {
        status: 403,
        code: 'FORBIDDEN_ERROR',
        title: 'This request is forbidden for security reasons',
        detail:
          "Team ID: '9XJ5QK2L7M' is not associated with an active membership. To check your teams membership status, sign in your account on the developer website. https://developer.apple.com/account/",
      },
    },
  },
  {
    name: 'slow',
    description: 'Every answer takes about three seconds longer, give or take one.',
    match: {},
    when: {},
    then: { delay: { normal: { mean: 3000, deviation: 1000 } } },
  },
  {
    name: 'never-answers',
    description: 'A request is left waiting for ten minutes.',
    match: {},
    when: once,
    then: { delay: { milliseconds: LONGEST_DELAY_MILLISECONDS } },
  },
  {
    name: 'connection-cut',
    description: 'The connection is cut before anything was done.',
    match: {},
    when: once,
    then: { cut: 'before' },
  },
  {
    name: 'answer-lost',
    description: 'A creation is carried out, and the connection is cut instead of an answer.',
    match: { method: 'POST' },
    when: once,
    then: { cut: 'after' },
  },
  {
    name: 'answer-truncated',
    description: 'The connection is cut in the middle of the body of an answer.',
    match: { method: 'GET' },
    when: once,
    then: { truncate: 100 },
  },
  {
    name: 'new-bundle-404',
    description: 'For half a minute after a build was made, writes answer 404 for it and its bundles; reads show them.',
    match: {},
    when: {},
    then: { hideNewBuilds: { seconds: 30 } },
  },
  {
    name: 'stuck-processing',
    description: 'The next build that is made stays PROCESSING.',
    match: {},
    when: once,
    then: { keepProcessing: true },
  },
]
