import { ApiError } from '@clipflight/client'

/**
 * What is caught when something that is there is asked for what it may have none of: `none` for the 404 that asc reads
 * so (evidence 1.5), and anything else as it is.
 */
export function ifAbsent<T>(none: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof ApiError && error.status === 404) return none
    throw error
  }
}
