/**
 * Writes a plan into a comment on the pull request of this workflow run: the one that it wrote before, if there is
 * one, so that a pull request has one comment for each file. Node runs it as it is.
 */
import { existsSync, readFileSync } from 'node:fs'

const [planPath = ''] = process.argv.slice(2)
const { FILE = '', GITHUB_API_URL, GITHUB_EVENT_PATH = '', GITHUB_REPOSITORY, GITHUB_TOKEN } = process.env

/** Markdown does not show it. */
const MARK = `<!-- clipflight plan of ${FILE.replaceAll('--', '- -')} -->`

const plan = existsSync(planPath) ? readFileSync(planPath, 'utf8') : ''
// It could not be made; what was in the way stands in the log.
if (plan === '') process.exit(0)

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

interface Comment {
  readonly id: number
  readonly body?: string
}

/** The id of the comment that this wrote before. */
async function findComment(): Promise<number | undefined> {
  const perPage = 100
  for (let page = 1; ; page++) {
    const found = await send('GET', `${comments}?per_page=${perPage}&page=${page}`)
    const mine = found.find((comment) => comment.body?.startsWith(MARK))
    if (mine !== undefined || found.length < perPage) return mine?.id
  }
}

/** Sends to GitHub's API, and returns the list that it answers, if it is one. */
async function send(method: string, path: string, content?: object): Promise<readonly Comment[]> {
  const response = await fetch(`${GITHUB_API_URL}${path}`, {
    method,
    headers: { authorization: `Bearer ${GITHUB_TOKEN}`, accept: 'application/vnd.github+json' },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
  })
  if (response.ok) {
    const answer: unknown = await response.json()
    return Array.isArray(answer) ? answer : []
  }
  const advice = response.status === 403 ? ' The job needs `permissions: { pull-requests: write }`.' : ''
  process.stderr.write(`The comment could not be written: GitHub answered ${response.status}.${advice}\n`)
  process.exit(1)
}
