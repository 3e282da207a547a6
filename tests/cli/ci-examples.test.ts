import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { delimiter, dirname, join, resolve } from 'node:path'
import { after, before, describe, test, type TestContext } from 'node:test'
import { parse } from 'yaml'
import type { Ended } from '../serve/run-clipflight.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { COMMAND, variablesFor } from './command-line.ts'
import { makeProject, type Project } from './project.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const A = 'https://example.com/a'
const ORDER = { 'en-US': 'Order' }

let server: TestServer

before(async () => {
  server = await startServer('sqlite')
})

after(() => server.close())

type Environment = Readonly<Record<string, string>>

function readExample(name: string): Promise<string> {
  return readFile(join(ROOT, name), 'utf8')
}

/** A folder with the command as `npm install --global` leaves it, and an npm that has done so. */
async function installed({ user }: Project): Promise<string> {
  const folder = join(user.home, 'bin')
  await mkdir(folder, { recursive: true })
  const programs = { clipflight: `exec '${process.execPath}' '${COMMAND}' "$@"`, npm: 'exit 0' }
  for (const [name, line] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${line}\n`)
    await chmod(join(folder, name), 0o755)
  }
  return [folder, dirname(process.execPath), user.environment['PATH'] ?? ''].join(delimiter)
}

/** Runs shell as a runner does: bash that stops at the first failure. */
async function shell(context: TestContext, project: Project, script: string, environment: Environment): Promise<Ended> {
  const PATH = await installed(project)
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: project.user.folder,
    env: { ...project.user.environment, CI: 'true', ...variablesFor(server.url, server.key), ...environment, PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  context.after(() => child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = await once(child, 'close')
  return { code: Number(code), stdout, stderr }
}

interface Step {
  readonly name?: string
  readonly if?: string
  readonly run?: string
  readonly shell?: string
  readonly env?: Environment
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

async function readAction(): Promise<Action> {
  return parse(await readExample('action.yml'))
}

interface Given {
  readonly inputs?: Environment
  readonly environment?: Environment
}

/** What GitHub tells a job on a pull request, with its API at this URL. */
async function pullRequestOf(project: Project, url: string): Promise<Environment> {
  await project.writeText(JSON.stringify({ pull_request: { number: 7 } }), 'event.json')
  return {
    GITHUB_API_URL: url,
    GITHUB_SERVER_URL: 'https://github.example.com',
    GITHUB_REPOSITORY: 'example/coffee',
    GITHUB_RUN_ID: '9',
    GITHUB_EVENT_PATH: join(project.user.folder, 'event.json'),
  }
}

/** Uses the action on a pull request, in a job that goes on when it fails: what comes behind a failure is left out, but for what runs all the same. */
async function useAction(context: TestContext, project: Project, given: Given): Promise<void> {
  const { runs } = await readAction()
  let hasFailed = false
  for (const { name = '', run, if: condition = '' } of runs.steps) {
    const isLeftOut = hasFailed && !condition.includes('!cancelled()')
    if (run === undefined || name === 'Apply' || isLeftOut) continue
    const { code } = await runStep(context, project, name, given)
    hasFailed ||= code !== 0
  }
}

/** Runs a step of the action with its inputs put in, as GitHub does. */
async function runStep(context: TestContext, project: Project, name: string, given: Given): Promise<Ended> {
  const { inputs, runs } = await readAction()
  const step = runs.steps.find((each) => each.name === name)
  assert.ok(step?.run !== undefined, `the action has no step ${name}`)
  const { ASC_KEY_ID = '', ASC_ISSUER_ID = '', ASC_PRIVATE_KEY = '' } = variablesFor(server.url, server.key)
  const values: Environment = {
    'key-id': ASC_KEY_ID,
    'issuer-id': ASC_ISSUER_ID,
    'private-key': ASC_PRIVATE_KEY,
    'base-url': server.url,
    'github-token': 'token-of-the-job',
    ...given.inputs,
  }
  const filled = Object.entries(step.env ?? {}).map(([variable, value]) => [
    variable,
    value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => values[input] ?? inputs[input]?.default ?? ''),
  ])
  return shell(context, project, step.run, {
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_PATH: ROOT,
    GITHUB_OUTPUT: join(project.user.folder, 'output'),
    GITHUB_STEP_SUMMARY: join(project.user.folder, 'summary.md'),
    RUNNER_TEMP: project.user.home,
    ...Object.fromEntries(filled),
    ...given.environment,
  })
}

/** Comments of a pull request, kept by a server that takes GitHub's requests. `login` is whose the token is; a bot's unless said. */
async function startComments(context: TestContext, login?: string) {
  const somebody = { login: 'somebody', type: 'User' }
  const own = login === undefined ? { login: 'github-actions[bot]', type: 'Bot' } : { login, type: 'User' }
  const comments = Array.from({ length: 120 }, (_, id) => ({ id, body: `No. ${id}`, user: somebody }))
  const tokens = new Set<string | undefined>()
  const http = createServer(async (request, response) => {
    tokens.add(request.headers.authorization)
    const url = new URL(request.url ?? '', 'http://localhost')
    const content: { body: string } | undefined =
      request.method === 'GET' ? undefined : JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString())
    const id = Number(url.pathname.split('/').at(-1))
    if (request.method === 'POST') comments.push({ id: comments.length, body: content?.body ?? '', user: own })
    if (request.method === 'PATCH')
      comments.splice(id, 1, { id, body: content?.body ?? '', user: comments[id]?.user ?? own })
    if (url.pathname === '/user') {
      response.writeHead(login === undefined ? 403 : 200, { 'content-type': 'application/json' })
      return void response.end(JSON.stringify(own))
    }
    const start = (Number(url.searchParams.get('page')) - 1) * 100
    const answer = request.method === 'GET' ? comments.slice(start, start + 100) : {}
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  context.after(() => http.close())
  const { port } = http.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, comments, tokens }
}

describe('the action for GitHub', () => {
  test('is composite, every shell step names its shell, and no script has an expression in it', async () => {
    const { runs } = await readAction()

    assert.equal(runs.using, 'composite')
    for (const { run, shell: named } of runs.steps.filter((step) => step.run !== undefined)) {
      assert.equal(named, 'bash')
      // What GitHub puts into a script is run by the shell, whoever wrote it.
      assert.ok(!run?.includes('${{'), run)
    }
  })

  test('plans on a pull request, and keeps one comment up to date', async (context) => {
    const project = await makeProject(context, server)
    const { url, comments, tokens } = await startComments(context)
    await project.write({ [A]: ORDER })
    const environment = await pullRequestOf(project, url)

    for (const name of ['Check', 'Plan', 'Comment']) {
      const { code, stderr } = await runStep(context, project, name, { environment })
      assert.equal(code, 0, `${name}: ${stderr}`)
    }
    await project.give(A, ORDER)
    await runStep(context, project, 'Plan', { environment })
    await runStep(context, project, 'Comment', { environment })

    assert.equal(comments.length, 121)
    assert.match(
      comments.at(-1)?.body ?? '',
      /^<!-- clipflight plan of clipflight\.yaml -->\n### Clipflight: [^]*No changes/,
    )
    assert.deepEqual([...tokens], ['Bearer token-of-the-job'])
    assert.equal(await project.readText('output'), 'has_changes=true\nhas_changes=false\n')
    assert.match(await project.readText('summary.md'), /1 to create/)
    assert.deepEqual(await project.has(), { [A]: ORDER })
  })

  test("comments that a file could not be planned, in place of its outdated plan and another file's", async (context) => {
    const project = await makeProject(context, server)
    const { url, comments } = await startComments(context)
    const environment = await pullRequestOf(project, url)
    const sound = JSON.stringify({ app: project.bundleId, invocations: [] })
    await project.writeText('app: 1\n', 'other.yaml')

    await project.writeText(sound)
    await useAction(context, project, { environment })
    await useAction(context, project, { environment, inputs: { file: 'other.yaml' } })
    await project.writeText('app: 1\n')
    await useAction(context, project, { environment })

    const [ofOne = '', ofOther = '', ...more] = comments.slice(120).map(({ body }) => body)
    assert.deepEqual(more, [])
    assert.match(ofOne, /^<!-- clipflight plan of clipflight\.yaml -->\n### Clipflight: `clipflight\.yaml`\n/)
    assert.match(ofOne, /could not be planned[^]*\(https:\/\/github\.example\.com\/example\/coffee\/actions\/runs\/9\)/)
    assert.match(ofOther, /^<!-- clipflight plan of other\.yaml -->\n[^]*could not be planned/)
  })

  for (const login of [undefined, 'release-engineer']) {
    test(`writes into no comment of somebody else's, with the token of ${login ?? 'a bot'}`, async (context) => {
      const project = await makeProject(context, server)
      const { url, comments } = await startComments(context, login)
      const fake = { id: 7, body: '<!-- clipflight plan of clipflight.yaml -->', user: { login: 'eve', type: 'User' } }
      comments.splice(7, 1, fake)
      const environment = await pullRequestOf(project, url)
      await project.writeText('the plan', '../clipflight-plan.md')

      for (let time = 0; time < 2; time++) {
        const { code, stderr } = await runStep(context, project, 'Comment', { environment })
        assert.equal(code, 0, stderr)
      }

      assert.deepEqual(comments[7], fake)
      assert.equal(comments.length, 121)
      assert.match(comments.at(-1)?.body ?? '', /the plan$/)
    })
  }

  test('shows what is wrong with the file at its lines', async (context) => {
    const project = await makeProject(context, server)
    await project.writeText('app: 1\n')

    const { code, stderr } = await runStep(context, project, 'Check', {})

    assert.equal(code, 1)
    assert.match(stderr, /^::error file=clipflight\.yaml,line=1,col=6,title=Clipflight::'app' must be text/m)
  })

  test('applies on merge, with the options of its inputs', async (context) => {
    const project = await makeProject(context, server)
    const other = await makeProject(context, server)
    await project.give('https://example.com/old', { ja: '古い' })
    await project.write({ [A]: ORDER }, { [other.bundleId]: { [A]: ORDER } })

    const inputs = { app: project.bundleId, build: '42', prune: 'true', wait: 'true' }
    const { code, stderr } = await runStep(context, project, 'Apply', { inputs })

    assert.equal(code, 0, stderr)
    assert.deepEqual(await project.has(), { [A]: ORDER })
    assert.deepEqual(await other.has(), {})
  })

  test('applies nothing that is only proposed, whichever event says so, and nothing without a key', async () => {
    const { runs } = await readAction()
    const condition = runs.steps.find(({ name }) => name === 'Apply')?.if

    // pull_request, pull_request_target, pull_request_review and the like.
    assert.equal(
      condition,
      "${{ !startsWith(github.event_name, 'pull_request') && github.event_name != 'merge_group' && inputs.key-id != '' }}",
    )
  })

  test('tells what it did when the summary of the run cannot be written', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })

    const environment = { GITHUB_STEP_SUMMARY: project.user.folder, GITHUB_OUTPUT: '/none/output' }
    const { code, stdout, stderr } = await runStep(context, project, 'Apply', { environment })

    assert.equal(code, 0, stderr)
    assert.match(stdout, /Applied: 1 created/)
    assert.match(
      stderr,
      /GITHUB_STEP_SUMMARY cannot be written \(EISDIR\)[^]*GITHUB_OUTPUT cannot be written \(ENOENT\)/,
    )
  })

  test('is given inputs that it has by the example of a workflow', async () => {
    const workflow = parse(await readExample('examples/github-actions.yml'))
    const { inputs } = await readAction()

    const steps: readonly { readonly uses?: string; readonly with?: object }[] = workflow.jobs.invocations.steps
    const [own] = steps.filter(({ uses }) => uses?.includes('clipflight'))
    assert.ok(own?.with !== undefined)
    for (const name of Object.keys(own.with)) assert.ok(Object.hasOwn(inputs, name), name)
    assert.deepEqual(Object.keys(workflow.on), ['pull_request', 'push'])
    assert.equal(workflow.permissions['pull-requests'], 'write')
  })
})

describe('the example for GitLab', () => {
  test('plans on merge requests, and applies on the default branch', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })
    const { '.clipflight': base, ...jobs } = parse(await readExample('examples/gitlab-ci.yml'))
    const scriptOf = (job: string): string => [...base.before_script, ...jobs[job].script].join('\n')
    const environment = { GITLAB_CI: 'true', CI_COMMIT_SHA: 'a'.repeat(40), CI_COMMIT_BRANCH: 'main' }

    const planned = await shell(context, project, scriptOf('invocations-plan'), environment)
    const before = await project.has()
    const applied = await shell(context, project, scriptOf('invocations-apply'), environment)

    assert.equal(planned.code, 0, planned.stderr)
    assert.match(await project.readText('plan.md'), /1 to create/)
    assert.deepEqual(before, {})
    assert.equal(applied.code, 0, applied.stderr)
    assert.deepEqual(await project.has(), { [A]: ORDER })
    for (const job of Object.values<{ extends: string }>(jobs)) assert.equal(job.extends, '.clipflight')
  })
})

describe('the example for Xcode Cloud', () => {
  test('plans on pull requests, applies on the main branch, and does nothing on another', async (context) => {
    const project = await makeProject(context, server)
    await project.writeText(
      `app: ${project.bundleId}\ninvocations: [{ url: '${A}/\${BRANCH}', title: { en-US: Order } }]\n`,
    )
    const script = `'${join(ROOT, 'examples/xcode-cloud/ci_scripts/ci_post_clone.sh')}'`
    const environment = {
      CI: 'TRUE',
      CI_PRIMARY_REPOSITORY_PATH: project.user.folder,
      CI_COMMIT: 'a'.repeat(40),
      CI_BRANCH: 'main',
    }

    const pull = { ...environment, CI_PULL_REQUEST_NUMBER: '7', CI_PULL_REQUEST_SOURCE_BRANCH: 'fix' }
    const planned = await shell(context, project, script, pull)
    const elsewhere = await shell(context, project, script, { ...environment, CI_BRANCH: 'fix' })
    const before = await project.has()
    const applied = await shell(context, project, script, environment)

    assert.equal(elsewhere.code, 0, elsewhere.stderr)
    assert.equal(planned.code, 0, planned.stderr)
    assert.match(planned.stdout, /\+ https:\/\/example\.com\/a\/fix\n/)
    assert.deepEqual(before, {})
    assert.equal(applied.code, 0, applied.stderr)
    assert.deepEqual(await project.has(), { [`${A}/main`]: ORDER })
  })
})

describe('the example for fastlane', () => {
  const path = join(ROOT, 'examples/fastlane/Fastfile')

  test('runs a command that does what the lane says', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })
    await mkdir(join(project.user.folder, 'fastlane'))
    const words = /^ {2}sh\((.*)\)$/m.exec(await readFile(path, 'utf8'))?.[1] ?? ''

    // fastlane runs it in its own folder; the Ruby variable is the lane's option.
    const command = words.split(', ').map((word) => (word === 'build' ? '42' : word.replaceAll('"', "'")))
    const { code, stderr } = await shell(context, project, `cd fastlane && ${command.join(' ')}`, {})

    assert.equal(code, 0, stderr)
    assert.deepEqual(await project.has(), { [A]: ORDER })
  })

  test('is Ruby', (context) => {
    const { status, stderr, error } = spawnSync('ruby', ['-c', path], { encoding: 'utf8' })
    if (error !== undefined) return context.skip('ruby is not installed here')
    assert.equal(status, 0, stderr)
  })
})
