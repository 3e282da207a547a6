import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createClient } from '@clipflight/client'
import { createControlClient, type ControlError } from '@clipflight/control'
import { freshDirectory, runClipflight, serve, type Greeting } from '../serve/run-clipflight.ts'
import { signFor } from '../support/sign-for.ts'
import { openBrowser } from './start-console.ts'

const statusOf = (work: Promise<unknown>): Promise<number> =>
  work.then(
    () => 200,
    (error: ControlError) => error.status,
  )

async function readAdminToken(dataDir: string): Promise<string> {
  return JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')).adminToken
}

async function signToken({ keyId, issuerId, privateKeyPath }: Greeting): Promise<string> {
  return signFor({ keyId, issuerId, privateKey: await readFile(privateKeyPath, 'utf8') })
}

async function firstBuild({ url }: Greeting, token: string): Promise<string> {
  const { items } = await createClient({ token: () => token, baseUrl: url })
    .builds.list()
    .page()
  return items[0]?.id ?? ''
}

const asSession = (cookie: string | undefined, team: number | 'none' = 'none') => ({
  headers: { cookie: cookie ?? '', 'x-clipflight-team': String(team) },
})

describe('clipflight serve with a console', () => {
  test('keeps sessions and links when it is killed, and no code', async (context) => {
    const dataDir = await freshDirectory(context)
    const first = await serve(context, dataDir)
    const adminToken = await readAdminToken(dataDir)
    const control = createControlClient({ url: first.greeting.url, adminToken })
    const admin = openBrowser(first.greeting.url)
    const key = openBrowser(first.greeting.url)
    await admin.control().signIn({ code: (await control.createSignInCode()).code })
    const token = await signToken(first.greeting)
    await key.control().signIn({ token })
    const build = await firstBuild(first.greeting, token)
    const { path } = await key.control().createTesterLink({ team: 1, build })
    const { code } = await control.createSignInCode()

    first.process.kill('SIGKILL')
    await first.ended
    const { url } = (await serve(context, dataDir)).greeting

    assert.equal((await fetch(`${url}/_clipflight/teams`, asSession(admin.cookie))).status, 200)
    assert.equal((await fetch(`${url}/v1/apps`, asSession(admin.cookie, 1))).status, 200)
    assert.equal((await fetch(`${url}/v1/apps`, asSession(key.cookie, 1))).status, 200)
    assert.equal((await fetch(`${url}/_clipflight/tester/${path.slice(3)}`)).status, 200)
    assert.equal(await statusOf(openBrowser(url).control().signIn({ code })), 401)
  })

  test('has no secret in its log, its database or anywhere else but with the keys', async (context) => {
    const dataDir = await freshDirectory(context)
    const service = await serve(context, dataDir, ['--log-level', 'trace'])
    const { url } = service.greeting
    const adminToken = await readAdminToken(dataDir)
    const control = createControlClient({ url, adminToken })
    const { code } = await control.createSignInCode()
    const [byToken, byCode, byKey] = [openBrowser(url), openBrowser(url), openBrowser(url)]
    await byToken.control().signIn({ token: adminToken })
    await byCode.control().signIn({ code })
    const token = await signToken(service.greeting)
    await byKey.control().signIn({ token })
    const { path } = await byKey
      .control()
      .createTesterLink({ team: 1, build: await firstBuild(service.greeting, token) })
    const secret = path.slice('/t/'.length)
    for (const place of [path, `/_clipflight/tester/${secret}`]) await (await fetch(`${url}${place}`)).text()
    await byKey.client(1).apps.list().page()
    await statusOf(byKey.control().signIn({ token: 'wrong-secret-of-somebody' }))

    const { stderr } = await service.stop()

    assert.match(stderr, /\/t\/\[redacted\]/)
    const files = globSync('**', { cwd: dataDir, withFileTypes: true }).filter((entry) => entry.isFile())
    const texts = await Promise.all(
      files
        .filter(({ name }) => name !== 'credentials.json')
        .map(async ({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')),
    )
    assert.ok(texts.length > 1)
    const cookies = [byToken, byCode, byKey].map(({ cookie = '' }) => cookie.split('=')[1] ?? '')
    for (const each of [...cookies, code, secret, token, adminToken, 'wrong-secret-of-somebody']) {
      assert.ok(each.length > 20)
      for (const text of [stderr, ...texts]) assert.ok(!text.includes(each))
    }
  })

  test('ends the sessions of admins when the admin token is another, and those of no key', async (context) => {
    const dataDir = await freshDirectory(context)
    const first = await serve(context, dataDir)
    const admin = openBrowser(first.greeting.url)
    const key = openBrowser(first.greeting.url)
    await admin.control().signIn({ token: await readAdminToken(dataDir) })
    await key.control().signIn({ token: await signToken(first.greeting) })
    await first.stop()
    const path = join(dataDir, 'credentials.json')
    const { adminToken: _, ...others } = JSON.parse(await readFile(path, 'utf8'))
    await writeFile(path, JSON.stringify(others))

    const { url } = (await serve(context, dataDir)).greeting

    assert.equal((await fetch(`${url}/_clipflight/session`, asSession(admin.cookie))).status, 401)
    assert.equal((await fetch(`${url}/v1/apps`, asSession(admin.cookie, 1))).status, 401)
    assert.equal((await fetch(`${url}/v1/apps`, asSession(key.cookie, 1))).status, 200)
  })

  test('with --control off serves keys and testers, and no admin', async (context) => {
    const dataDir = await freshDirectory(context)
    const before = await serve(context, dataDir)
    const admin = openBrowser(before.greeting.url)
    const adminToken = await readAdminToken(dataDir)
    await admin.control().signIn({ token: adminToken })
    await before.stop()
    const { greeting } = await serve(context, dataDir, ['--control', 'off'])
    const { url } = greeting
    const browser = openBrowser(url)
    const token = await signToken(greeting)

    const session = await browser.control().signIn({ token })

    assert.equal(session.control, false)
    assert.equal((await browser.client(1).apps.list().page()).items.length > 0, true)
    const { path } = await browser.control().createTesterLink({ team: 1, build: await firstBuild(greeting, token) })
    assert.equal((await fetch(`${url}/_clipflight/tester/${path.slice(3)}`)).status, 200)
    assert.equal(await statusOf(browser.control().listTeams()), 403)
    assert.equal(await statusOf(browser.control().createSignInCode()), 403)
    assert.equal(await statusOf(openBrowser(url).control().signIn({ token: adminToken })), 401)
    assert.equal((await fetch(`${url}/_clipflight/teams`, asSession(admin.cookie))).status, 401)
    assert.equal((await fetch(`${url}/v1/apps`, asSession(admin.cookie, 1))).status, 401)
    const headers = { authorization: `Bearer ${adminToken}` }
    assert.equal((await fetch(`${url}/_clipflight/teams`, { headers })).status, 401)
  })

  test('with --console off has no pages, no sessions and no links', async (context) => {
    const dataDir = await freshDirectory(context)
    const before = await serve(context, dataDir)
    const browser = openBrowser(before.greeting.url)
    const token = await signToken(before.greeting)
    await browser.control().signIn({ token })
    const { path } = await browser
      .control()
      .createTesterLink({ team: 1, build: await firstBuild(before.greeting, token) })
    await before.stop()
    const { url } = (await serve(context, dataDir, ['--console', 'off'])).greeting
    const control = createControlClient({ url, adminToken: await readAdminToken(dataDir) })

    assert.equal((await fetch(`${url}/console/`)).status, 401)
    assert.equal((await fetch(`${url}/`, { redirect: 'manual' })).headers.get('location'), '/docs')
    for (const method of ['GET', 'HEAD', 'POST']) assert.equal((await fetch(`${url}${path}`, { method })).status, 404)
    assert.equal((await fetch(`${url}/_clipflight/tester/${path.slice(3)}`)).status, 401)
    assert.equal((await fetch(`${url}/v1/apps`, asSession(browser.cookie, 1))).status, 401)
    assert.equal((await fetch(`${url}/_clipflight/session`, asSession(browser.cookie))).status, 401)
    assert.equal(await statusOf(openBrowser(url).control().signIn({ token })), 401)
    assert.equal(await statusOf(control.createSignInCode()), 404)
    assert.equal((await control.listTeams()).teams.length, 1)
    assert.ok(!JSON.stringify(await control.listRequests()).includes(path.slice(3)))
  })

  test('is refused by name what makes no sense, and says where the console is', async (context) => {
    const { code, stderr } = await runClipflight(context, ['serve', '--console', 'maybe']).ended
    assert.equal(code, 2)
    assert.match(stderr, /--console must be 'on' or 'off'/)

    const dataDir = await freshDirectory(context)
    const greet = async (environment: Readonly<Record<string, string>> = {}): Promise<string> => {
      const running = runClipflight(context, ['serve', '--port', '0', '--data-dir', dataDir], { environment })
      await running.firstLine()
      running.process.kill('SIGTERM')
      return (await running.ended).stdout
    }
    const greeting = await greet()
    assert.match(greeting, /Console +http:\/\/127\.0\.0\.1:\d+\/console\n/)
    assert.match(greeting, /Sign in +clipflight console --data-dir \S+\n/)
    // Whoever has run `npm start` has no such command.
    assert.match(await greet({ npm_lifecycle_event: 'start' }), /Sign in +npx clipflight console --data-dir \S+\n/)
  })
})
