import { Option, type Command } from 'commander'
import { CONSOLE_KEY, type LoggedRequest, type RequestSearch } from '@clipflight/control'
import { MOST_LOGGED_REQUESTS } from '@clipflight/control/most-logged-requests'
import { notFound, wrongUsage } from '../../command-error.ts'
import { findControl } from '../../control/find-control.ts'
import { onlyTeam } from '../../control/find-team.ts'
import type { ControlClient } from '../../control/open-control.ts'
import type { OutputFormat } from '../../terminal/output-format.ts'
import { addExamples } from '../options.ts'
import { readDuration } from '../read-duration.ts'
import { controlled, type TeamOptions } from './controlled.ts'

interface LogOptions extends TeamOptions {
  readonly path?: string
  readonly method?: string
  readonly status?: string
  readonly key?: string
  readonly since?: string
  readonly until?: string
  readonly limit?: number
  readonly follow?: true
}

/** As `tail -f` shows. */
const BEFORE_FOLLOWING = 10

/** The verb `sandbox log`. */
export function addLog(sandbox: Command): void {
  const log = sandbox
    .command('log')
    .summary('the requests of clients, and why they were refused')
    .description(
      'The latest requests of clients and their answers, with what the answers do not say: why a token was refused, which fault struck. A line each on a terminal; elsewhere JSON, one request a line, with headers and bodies.',
    )
    .option('-f, --follow', 'go on with those to come, until Ctrl-C')
    .addOption(
      new Option('--path <pattern>', 'only this path; * is any part of one, ** any number of parts').argParser(toPath),
    )
    .option('--method <method>', 'only this method')
    .option('--status <status>', 'only this status, such as 404; 4xx for all of a kind')
    .option('--key <id>', 'only those of this key')
    .option('--team <team>', 'only those of this team, by number or name')
    .option('--since <time>', "from then on, by the service's clock: 2026-03-02T14:00:00Z, or 10m ago")
    .addOption(new Option('--until <time>', 'up to then').conflicts('follow'))
    .addOption(
      new Option('--limit <number>', 'the latest so many; 100 unless said, and 10 before those to come').argParser(
        toCount,
      ),
    )
  controlled<LogOptions>(log, async ({ control, format, progress }, { follow, ...options }) => {
    const query = await toQuery(control, follow === true ? { limit: BEFORE_FOLLOWING, ...options } : options)
    const { requests } = await control.listRequests(query)
    const show = await showIn(format)
    progress.stop()
    for (const request of requests) await show(request)
    if (follow !== true) {
      if (requests.length === 0) await sayNone(control, query)
      return
    }
    const [{ followLog }, { openControl }] = await Promise.all([
      import('../../control/follow-log.ts'),
      import('../../control/open-control.ts'),
    ])
    const { limit: _limit, ...others } = query
    await followLog(control, {
      query: others,
      after: requests.at(-1),
      show,
      notice: (line) => process.stderr.write(`clipflight: ${line}\n`),
      open: () => openControl(findControl(options, process.env)).control,
    })
  })
  addExamples(
    log,
    ['sandbox log --follow', 'while a test runs'],
    ['sandbox log --status 401', 'why tokens were refused'],
    ['sandbox log --path "/v1/betaAppClipInvocations**" -o json | jq .requestBody', 'what a client sent'],
  )
}

async function toQuery(control: ControlClient, options: Omit<LogOptions, 'follow'>): Promise<RequestSearch> {
  const { team, path, method, status, key, since, until, limit } = options
  return {
    ...(await onlyTeam(control, team)),
    ...(path === undefined ? {} : { path }),
    ...(method === undefined ? {} : { method }),
    ...(status === undefined ? {} : { status }),
    ...(key === undefined ? {} : { key }),
    ...(since === undefined ? {} : { since: await toMoment(control, 'since', since) }),
    ...(until === undefined ? {} : { until: await toMoment(control, 'until', until) }),
    ...(limit === undefined ? {} : { limit }),
  }
}

/** Where nothing fits, a key that no team has is most likely mistyped: the log names a key once its token was verified. */
async function sayNone(control: ControlClient, { key, ...others }: RequestSearch): Promise<void> {
  if (key !== undefined && !(await isKeyOfTeam(control, key)))
    throw notFound(
      `There is no key '${key}', nor a request of one`,
      'See those there are: clipflight sandbox keys list',
    )
  const isNarrowed = key !== undefined || Object.keys(others).some((name) => name !== 'limit')
  process.stderr.write(isNarrowed ? 'No request in the log fits.\n' : 'The log holds no requests.\n')
}

async function isKeyOfTeam(control: ControlClient, id: string): Promise<boolean> {
  if (id === CONSOLE_KEY) return true
  const { teams } = await control.listTeams()
  const found = await Promise.all(teams.map(({ team }) => control.listKeys({ team })))
  return found.some(({ keys }) => keys.some((key) => key.id === id))
}

/** A time as it was given, or so long ago. */
async function toMoment(control: ControlClient, option: string, text: string): Promise<string> {
  const milliseconds = readDuration(text)
  if (milliseconds === undefined) {
    if (!Number.isNaN(Date.parse(text))) return text
    throw wrongUsage(`--${option} must be a time such as 2026-03-02T14:00:00Z, or 10m for so long ago, not '${text}'`)
  }
  const { now } = await control.readClock()
  return new Date(Date.parse(now) - milliseconds).toISOString()
}

/** Writes one request after the other, each on its own: there may be no last one. */
async function showIn(format: OutputFormat): Promise<(request: LoggedRequest) => void> {
  const { stdout } = process
  if (format === 'json') return (request) => void stdout.write(`${JSON.stringify(request)}\n`)
  if (format === 'yaml') {
    const { writeDataYaml } = await import('../../print/write-data-yaml.ts')
    return (request) => void stdout.write(`---\n${writeDataYaml(request)}`)
  }
  const [{ writeLoggedRequest }, { paintFor }] = await Promise.all([
    import('../../print/write-logged-request.ts'),
    import('../../terminal/has-color.ts'),
  ])
  const paint = paintFor(stdout)
  return (request) => void stdout.write(writeLoggedRequest(request, paint))
}

function toPath(text: string): string {
  if (/^(?:\/|\*\*)/.test(text)) return text
  throw wrongUsage(`--path must begin with '/', not '${text}'`)
}

function toCount(text: string): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (count >= 1 && count <= MOST_LOGGED_REQUESTS) return count
  throw wrongUsage(`--limit must be a whole number from 1 to ${MOST_LOGGED_REQUESTS}, not '${text}'`)
}
