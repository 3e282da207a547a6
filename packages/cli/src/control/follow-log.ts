import { setTimeout } from 'node:timers/promises'
import type { LoggedRequest, RequestQuery } from '@clipflight/control'
import { CommandError } from '../command-error.ts'
import { isUnreached } from './explain-control-failure.ts'
import type { ControlClient } from './open-control.ts'

const WAIT_MILLISECONDS = 500

export interface Following {
  readonly query: RequestQuery
  /** Number of the last request that was shown. */
  readonly after: number
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
      for await (const request of control.followRequests(query, { after: last })) {
        last = request.number
        await show(request)
      }
    } catch (error) {
      if (!isUnreached(error)) throw error
    }
    notice('the service is gone; waiting for it')
    const back = await comeBack(open)
    notice('the service is back')
    control = back.control
    // A service that was started again counts from the beginning.
    if (back.latest < last) last = 0
  }
}

async function comeBack(open: () => ControlClient): Promise<{ control: ControlClient; latest: number }> {
  for (;;) {
    await setTimeout(WAIT_MILLISECONDS)
    try {
      const control = open()
      const { requests } = await control.listRequests({ limit: 1 })
      return { control, latest: requests[0]?.number ?? 0 }
    } catch (error) {
      // Its data directory may be empty for a while.
      if (!isUnreached(error) && !(error instanceof CommandError)) throw error
    }
  }
}
