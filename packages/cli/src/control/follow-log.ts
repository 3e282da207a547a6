import { setTimeout } from 'node:timers/promises'
import type { LoggedRequest, RequestQuery } from '@clipflight/control'
import { MOST_LOGGED_REQUESTS } from '@clipflight/control/most-logged-requests'
import { CommandError } from '../command-error.ts'
import { isUnreached } from './explain-control-failure.ts'
import type { ControlClient } from './open-control.ts'

const WAIT_MILLISECONDS = 500

export interface Following {
  readonly query: RequestQuery
  /** The last request that was shown; undefined when none was. */
  readonly after: LoggedRequest | undefined
  readonly show: (request: LoggedRequest) => Promise<void> | void
  /** Takes a line for whoever looks. */
  readonly notice: (line: string) => void
  /** A client of the service as it is now: one that was started again may be elsewhere. */
  readonly open: () => ControlClient
}

/** Shows requests as they are answered, for ever. Where the connection or the service ends it comes back. */
export async function followLog(first: ControlClient, { query, after, show, notice, open }: Following): Promise<never> {
  let last = after
  let control = first
  for (;;) {
    try {
      for await (const request of control.followRequests(query, { after: last?.number ?? 0 })) {
        last = request
        await show(request)
      }
    } catch (error) {
      if (!isUnreached(error)) throw error
    }
    notice('the service is gone; waiting for it')
    const back = await comeBack(open, query)
    notice('the service is back')
    control = back.control
    // A service that was started again counts from the beginning, and may have come past that number: ids tell.
    if (!back.requests.some(({ id }) => id === last?.id)) last = undefined
  }
}

interface Back {
  readonly control: ControlClient
  /** All that are there. */
  readonly requests: readonly LoggedRequest[]
}

async function comeBack(open: () => ControlClient, query: RequestQuery): Promise<Back> {
  for (;;) {
    await setTimeout(WAIT_MILLISECONDS)
    try {
      const control = open()
      return { control, ...(await control.listRequests({ ...query, limit: MOST_LOGGED_REQUESTS })) }
    } catch (error) {
      // Its data directory may be empty for a while.
      if (!isUnreached(error) && !(error instanceof CommandError)) throw error
    }
  }
}
