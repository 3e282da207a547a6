import type { LoggedRequest } from '@clipflight/control'
import type { Paint } from './paint.ts'
import { showText } from './show-text.ts'

const STATUS_WIDTH = 3
const METHOD_WIDTH = 6
const TIME_WIDTH = 8
const FIRST_OF_FAILURES = 400

/** A request and its answer as a line for people; below it what went wrong, and why. */
export function writeLoggedRequest(request: LoggedRequest, paint: Paint): string {
  const { at, milliseconds, method, path, query, status, team, key, problems, why } = request
  const isFine = status !== null && status < FIRST_OF_FAILURES
  const result = (status === null ? 'cut' : String(status)).padEnd(STATUS_WIDTH)
  const who = [team === undefined ? [] : `team ${team}`, key ?? []].flat().join(', ')
  const first = [
    paint.faint(timeOf(at)),
    isFine ? paint.add(result) : paint.remove(result),
    method.padEnd(METHOD_WIDTH),
    showText(query === '' ? path : `${path}?${query}`),
    paint.faint(`${Math.round(milliseconds)} ms${who === '' ? '' : `, ${who}`}`),
  ]
  const rest = [
    ...problems.map(({ code, detail }) => (detail === undefined ? code : `${code}: ${detail}`)),
    ...(why === undefined ? [] : [`why: ${why}`]),
  ]
  const indent = ' '.repeat(TIME_WIDTH + 2)
  return [first.join('  '), ...rest.map((line) => indent + showText(line))].map((line) => `${line}\n`).join('')
}

/** Of `2026-03-02T14:05:07.123Z`, in the zone of this machine: `14:05:07`. */
function timeOf(instant: string): string {
  const time = new Date(instant)
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')
}
