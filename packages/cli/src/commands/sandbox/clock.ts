import type { Command } from 'commander'
import type { ClockChange, ClockState } from '@clipflight/control'
import { wrongUsage } from '../../command-error.ts'
import { formatDuration } from '../../format-duration.ts'
import type { Column } from '../../print/table.ts'
import { addExamples } from '../options.ts'
import { readDuration } from '../read-duration.ts'
import { controlled } from './controlled.ts'

const FIELDS: readonly Column<ClockState>[] = [
  { title: 'Time', text: ({ now }) => now },
  { title: 'Runs', text: ({ frozen }) => (frozen ? 'no: frozen' : 'yes') },
  { title: 'Ahead', text: ({ aheadMilliseconds: ahead }) => (ahead === 0 ? undefined : formatDuration(ahead)) },
]

interface ClockVerb {
  readonly name: string
  readonly summary: string
  readonly example: readonly [string, string]
  readonly argument?: readonly [string, string]
  /** Absent: it is only shown. */
  readonly toChange?: (argument: string) => ClockChange
}

const VERBS: readonly ClockVerb[] = [
  { name: 'show', summary: 'Show it', example: ['sandbox clock show', 'the time, and whether it runs'] },
  {
    name: 'freeze',
    summary: 'Let it stand still',
    example: ['sandbox clock freeze', 'at the moment it shows'],
    toChange: () => ({ frozen: true }),
  },
  {
    name: 'set',
    summary: 'Set it',
    example: ['sandbox clock set 2030-01-01T00:00:00Z', 'frozen or running, as before'],
    argument: ['<time>', 'with date and zone, such as 2030-01-01T00:00:00Z'],
    toChange: (time) => ({ set: time }),
  },
  {
    name: 'advance',
    summary: 'Set it forward',
    example: ['sandbox clock advance 20m', 'tokens signed before have expired'],
    argument: ['<time>', 'such as 90s, 20m, 1h or 90d'],
    toChange: (time) => ({ advanceMilliseconds: toMilliseconds(time) }),
  },
  {
    name: 'release',
    summary: 'Let it run with the machine again',
    example: ['sandbox clock release', "the machine's time, running"],
    toChange: () => ({ release: true }),
  },
]

/** The noun `sandbox clock`. */
export function addClock(sandbox: Command): void {
  const clock = sandbox
    .command('clock')
    .summary('what tokens, rate limit and processing follow')
    .description('The clock that tokens, the rate limit and the processing of builds follow. One for all teams.')
  for (const verb of VERBS) addVerb(clock, verb)
}

/** Each prints the clock as it is afterwards. */
function addVerb(clock: Command, { name, summary, example, argument, toChange }: ClockVerb): void {
  const verb = clock.command(name).summary(summary.toLowerCase()).description(`${summary}.`)
  if (argument !== undefined) verb.argument(...argument)
  controlled(verb, async ({ control, printer }, _options, [given = '']) => {
    const state = toChange === undefined ? await control.readClock() : await control.changeClock(toChange(given))
    await printer.one(state, state, FIELDS)
  })
  addExamples(verb, example)
}

function toMilliseconds(text: string): number {
  const milliseconds = readDuration(text)
  if (milliseconds === undefined) throw wrongUsage(`The time must be such as 90s, 20m, 1h or 90d, not '${text}'`)
  return milliseconds
}
