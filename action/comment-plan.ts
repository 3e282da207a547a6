/**
 * Writes a plan into a comment on the pull request of this workflow run: the one that it wrote before, if there is
 * one, so that a pull request has one comment for each file. Node runs it as it is.
 */
import { existsSync, readFileSync } from 'node:fs'

const [planPath = ''] = process.argv.slice(2)
const { FILE = '', GITHUB_API_URL, GITHUB_EVENT_PATH = '', GITHUB_REPOSITORY, GITHUB_TOKEN } = process.env
const { GITHUB_RUN_ID, GITHUB_SERVER_URL } = process.env

/** Markdown does not show it. */
const MARK = `<!-- clipflight plan of ${FILE.replaceAll('--', '- -')} -->`

const written = existsSync(planPath) ? readFileSync(planPath, 'utf8') : ''
const plan = written === '' ? sayUnplanned() : written

const event: { readonly pull_request: { readonly number: number } } = JSON.parse(
  readFileSync(GITHUB_EVENT_PATH, 'utf8'),
)
const repository = `/repos/${GITHUB_REPOSITORY}`
const comments = `${repository}/issues/${event.pull_request.number}/comments`
const body = `${MARK}\n${plan}`

const before = await findComment()
await (before === undefined
  ? send('POST', comments, { body })
  : send('PATCH', `${repository}/issues/comments/${before}`, { body }))

/** In place of a plan that an earlier commit had, which would look like this one's. */
function sayUnplanned(): string {
  const run = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`
  return `### Clipflight: \`${FILE}\`\n\n**It could not be planned.** [The log](${run}) says why.\n`
}

interface Author {
  readonly login: string
  readonly type: string
}

interface Comment {
  readonly id: number
  readonly body?: string
  readonly user?: Author | null
}

/**
 * Whether this wrote it: anybody can write a comment that begins so, and go on changing it once a plan stands in it.
 * The token of a job belongs to a bot, and a person's token says whose it is.
 */
async function isMine({ body, user }: Comment): Promise<boolean> {
  if (body?.startsWith(MARK) !== true || !user) return false
  return user.type === 'Bot' || user.login === (await findOwnLogin())
}

/** Undefined where the token is no person's: GitHub refuses the question then. */
async function findOwnLogin(): Promise<string | undefined> {
  const response = await ask('GET', '/user')
  if (!response.ok) return undefined
  const me: unknown = await response.json()
  return typeof me === 'object' && me !== null && 'login' in me ? String(me.login) : undefined
}

/** The id of the comment that this wrote before. */
async function findComment(): Promise<number | undefined> {
  const perPage = 100
  for (let page = 1; ; page++) {
    const found = await send('GET', `${comments}?per_page=${perPage}&page=${page}`)
    for (const comment of found) if (await isMine(comment)) return comment.id
    if (found.length < perPage) return undefined
  }
}

function ask(method: string, path: string, content?: object): Promise<Response> {
  return fetch(`${GITHUB_API_URL}${path}`, {
    method,
    headers: { authorization: `Bearer ${GITHUB_TOKEN}`, accept: 'application/vnd.github+json' },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
  })
}

/** Sends to GitHub's API, and returns the list that it answers, if it is one. */
async function send(method: string, path: string, content?: object): Promise<readonly Comment[]> {
  const response = await ask(method, path, content)
  if (response.ok) {
    const answer: unknown = await response.json()
    return Array.isArray(answer) ? answer : []
  }
  const advice = response.status === 403 ? ' The job needs `permissions: { pull-requests: write }`.' : ''
  process.stderr.write(`The comment could not be written: GitHub answered ${response.status}.${advice}\n`)
  process.exit(1)
}
