import { EXIT_CONFLICT, EXIT_FAILED, EXIT_NOT_AUTHORISED, EXIT_NOT_FOUND } from '../exit-codes.ts'

const EXIT_CODES: ReadonlyMap<number, number> = new Map([
  [401, EXIT_NOT_AUTHORISED],
  [403, EXIT_NOT_AUTHORISED],
  [404, EXIT_NOT_FOUND],
  [409, EXIT_CONFLICT],
  [422, EXIT_CONFLICT],
])

/** What a service refuses, by HTTP status; anything else has simply failed. */
export function exitCodeOfStatus(status: number): number {
  return EXIT_CODES.get(status) ?? EXIT_FAILED
}
