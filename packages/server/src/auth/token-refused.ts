import { ApiError, DETAILS } from '@clipflight/contract'

/**
 * One answer for every bad token (evidence 5.1, no. 1): it says nothing about keys, and repeats no token. `why` is for
 * who looks after the service, and repeats none either.
 */
export class TokenRefused extends ApiError {
  readonly why: string

  constructor(why: string) {
    super([{ code: 'NOT_AUTHORIZED', detail: DETAILS.NOT_AUTHORIZED }])
    this.why = why
  }
}
