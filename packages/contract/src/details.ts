import type { Code } from './problem.ts'

/** What Apple says in the same words whatever was asked: evidence 5.1 no. 1, 5.7 no. 64 and 65. */
export const DETAILS = {
  NOT_AUTHORIZED:
    'Provide a properly configured and signed bearer token, and make sure that it has not expired. Learn more about Generating Tokens for API Requests https://developer.apple.com/go/?id=api-generating-tokens',
  RATE_LIMIT_EXCEEDED:
    "We've received too many requests for this API. Please wait and try again or slow down your request rate.",
  UNEXPECTED_ERROR:
    'An unexpected error occurred on the server side. If this issue continues, contact us at https://developer.apple.com/contact/.',
} as const satisfies Partial<Record<Code, string>>
