import type { Change } from '@clipflight/plan'
import { paintFor } from '../terminal/has-color.ts'
import { isCi } from '../terminal/is-ci.ts'
import { writeChange } from '../print/write-change.ts'
import type { PlanFormat } from '../print/write-plan.ts'

/** Says what is done while it is done: a line for each change, and on a terminal which one is under way. */
export interface Reporter {
  onBegin(change: Change): void
  onDone(change: Change): void
  onWish(): void
  /** Removes what was only of the moment. */
  end(): void
}

const CLEAR_LINE = '\r\u001B[2K'

export function createReporter(total: number, format: PlanFormat): Reporter {
  const { stdout, stderr, env } = process
  const isLive = stderr.isTTY && !isCi(env) && env['TERM'] !== 'dumb'
  const paint = paintFor(stdout)
  let number = 0
  const clear = (): void => {
    if (isLive) stderr.write(CLEAR_LINE)
  }
  return {
    onBegin() {
      number++
      if (format === 'text' && number === 1) stdout.write('\n')
      if (isLive) stderr.write(`Change ${number} of ${total} …`)
    },
    onDone(change) {
      clear()
      if (format === 'text') stdout.write(`${paint.add('✓')} ${writeChange(change, paint)}\n`)
    },
    onWish() {
      clear()
      stderr.write('Stopping behind the request that is under way. Again: cancel it.\n')
    },
    end: clear,
  }
}
