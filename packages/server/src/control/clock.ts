import { refuse } from '@clipflight/contract'
import type { ClockState, Input, Output } from '@clipflight/control'
import { canShow, type Clock } from '../clock/clock.ts'
import type { ControlParts } from './parts.ts'

export function readClock({ clock }: ControlParts): Promise<Output<'readClock'>> {
  return Promise.resolve(showClock(clock))
}

export function changeClock({ clock }: ControlParts, change: Input<'changeClock'>): Promise<Output<'changeClock'>> {
  const { release, frozen, set, advanceMilliseconds = 0 } = change
  // A clock that ran on beyond the last year can be let go all the same.
  const shown = release === true ? clock.now() - clock.aheadMilliseconds : clock.now()
  const start = set === undefined ? shown : Date.parse(set)
  const end = start + advanceMilliseconds
  if (!canShow(end)) {
    refuse({
      code: 'ENTITY_UNPROCESSABLE',
      detail: 'The clock shows years from 1970 to 9998.',
      source: { pointer: set === undefined ? '/advanceMilliseconds' : '/set' },
    })
  }
  if (release === true) clock.release()
  if (frozen === true) clock.freeze()
  if (frozen === false) clock.unfreeze()
  // Once: it need not be able to show where it is set to before it is advanced.
  if (set !== undefined) clock.set(end)
  else if (advanceMilliseconds !== 0) clock.advance(advanceMilliseconds)
  return Promise.resolve(showClock(clock))
}

function showClock(clock: Clock): ClockState {
  return {
    now: new Date(clock.now()).toISOString(),
    frozen: clock.isFrozen,
    aheadMilliseconds: clock.aheadMilliseconds,
  }
}
