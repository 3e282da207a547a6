import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError, ConnectionError, TimeoutError, UnexpectedAnswerError, type Client } from '@clipflight/client'
import { presets, type LoggedRequest } from '@clipflight/control'
import { demoTeam, describeControlled, urlsOf, type Controlled, type DemoTeam } from './start-controlled.ts'
import { tryAs } from './try-as.ts'

const APP = 'com.example.coffee'
const NEW_URL = 'https://coffee.example.com/new'

interface Shown extends DemoTeam {
  readonly server: Controlled
  /** Creates an invocation, as the client does it. */
  readonly create: () => ReturnType<Client['betaAppClipInvocations']['create']>
  /** The same request as a program without a client sends it. */
  readonly post: () => ReturnType<typeof tryAs>
  readonly get: () => ReturnType<typeof tryAs>
}

async function rejection(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => assert.fail('it was not struck'),
    (reason: unknown) => reason,
  )
}

async function refusal(work: Promise<unknown>): Promise<ApiError> {
  const error = await rejection(work)
  assert.ok(error instanceof ApiError, String(error))
  return error
}

async function unexpected(work: Promise<unknown>): Promise<UnexpectedAnswerError> {
  const error = await rejection(work)
  assert.ok(error instanceof UnexpectedAnswerError, String(error))
  return error
}

const list = ({ client }: Shown) => client.apps.list().page()

async function isNowFine(shown: Shown): Promise<void> {
  assert.equal((await shown.get()).status, 200)
}

/** What a client sees of each. A preset without a test here fails the last test of this file. */
const shows: Readonly<Record<string, (shown: Shown) => Promise<void>>> = {
  async 'random-401'(shown) {
    const statuses: number[] = []
    for (let index = 0; index < 40; index += 1) statuses.push((await shown.get()).status)
    const refused = statuses.filter((status) => status === 401).length
    assert.ok(refused >= 2 && refused <= 20, `${refused} of 40`)
    assert.equal(statuses.filter((status) => status === 200).length, 40 - refused)
  },
  async 'rate-limit'(shown) {
    const answer = await shown.get()
    assert.equal(answer.status, 429)
    assert.equal(answer.headers.get('x-rate-limit'), 'user-hour-lim:3600;user-hour-rem:0;')
    assert.equal(JSON.parse(answer.text).errors[0].code, 'RATE_LIMIT_EXCEEDED')
    await isNowFine(shown)
  },
  async 'rate-limit-with-budget'(shown) {
    const error = await refusal(list(shown))
    assert.equal(error.status, 429)
    assert.equal(error.rateLimit?.remaining, 3121)
  },
  async 'rate-limit-retry-after-hour'(shown) {
    const answer = await shown.get()
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '3600'])
  },
  async 'rate-limit-other-code'(shown) {
    assert.equal((await refusal(list(shown))).problems[0]?.code, 'RATE_LIMIT')
  },
  async 'unexpected-error'(shown) {
    const error = await refusal(shown.create())
    assert.deepEqual([error.status, error.problems[0]?.code], [500, 'UNEXPECTED_ERROR'])
    assert.equal((await urlsOf(shown)).length, 2)
  },
  async 'applied-500'(shown) {
    assert.equal((await shown.post()).status, 500)
    assert.ok((await urlsOf(shown)).includes(NEW_URL))
  },
  async 'applied-504'(shown) {
    const answer = await shown.post()
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [504, 'text/html'])
    assert.ok((await urlsOf(shown)).includes(NEW_URL))
  },
  async 'bad-gateway'(shown) {
    const answer = await shown.get()
    assert.deepEqual([answer.status, answer.text], [502, 'Could not process this request'])
  },
  async 'unavailable-html'(shown) {
    await unexpected(list(shown))
    await isNowFine(shown)
  },
  async unavailable(shown) {
    assert.equal((await refusal(list(shown))).status, 503)
  },
  async 'gateway-timeout'(shown) {
    const answer = await shown.post()
    assert.match(answer.text, /<h1>504 /)
    assert.equal((await urlsOf(shown)).length, 2)
  },
  async 'error-without-detail'(shown) {
    const { errors } = JSON.parse((await shown.post()).text)
    assert.deepEqual(Object.keys(errors[0]).sort(), ['code', 'id', 'status', 'title'])
  },
  async 'associated-errors'(shown) {
    const { errors } = JSON.parse((await shown.post()).text)
    assert.equal(errors[0].meta.associatedErrors['/v1/buildBundles/'][0].code, 'ENTITY_ERROR.ATTRIBUTE.REQUIRED')
  },
  async 'made-by-apple'(shown) {
    const { items } = await shown.client.buildBundles.betaAppClipInvocations(shown.bundle).page()
    const betaAppClipInvocation = items[0]?.id ?? ''
    const title = { betaAppClipInvocation, locale: 'fr-FR', title: 'Commander' }
    const error = await refusal(shown.client.betaAppClipInvocationLocalizations.create(title))
    assert.deepEqual([error.status, error.problems[0]?.code], [409, 'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE'])
    const invocation = await shown.client.betaAppClipInvocations.get(betaAppClipInvocation, {
      include: ['betaAppClipInvocationLocalizations'],
    })
    assert.ok(invocation.localizations?.some(({ locale }) => locale === 'fr-FR'))
  },
  async 'no-app-clip'(shown) {
    assert.equal((await refusal(shown.client.buildBundles.betaAppClipInvocations(shown.bundle).page())).status, 404)
  },
  async 'parameter-refused'(shown) {
    const error = await refusal(shown.client.builds.list({ include: ['app'] }).page())
    assert.deepEqual([error.status, error.problems[0]?.parameter], [400, 'include'])
  },
  async 'agreement-missing'(shown) {
    for (let time = 0; time < 2; time += 1) {
      const { errors } = JSON.parse((await shown.get()).text)
      assert.equal(errors[0].code, 'FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED')
      assert.equal(errors[0].links.see, '/agreements')
    }
  },
  async 'membership-expired'(shown) {
    assert.match((await refusal(list(shown))).problems[0]?.detail ?? '', /not associated with an active membership/)
  },
  async slow(shown) {
    const error = await rejection(shown.client.apps.list({}, { timeoutMilliseconds: 100 }).page())
    assert.ok(error instanceof TimeoutError)
  },
  async 'never-answers'(shown) {
    const leaving = AbortSignal.timeout(100)
    await rejection(fetch(`${shown.server.url}/v1/apps`, { headers: bearer(shown), signal: leaving }))
    await isNowFine(shown)
  },
  async 'connection-cut'(shown) {
    assert.ok((await rejection(shown.create())) instanceof ConnectionError)
    assert.equal((await urlsOf(shown)).length, 2)
  },
  async 'answer-lost'(shown) {
    // Our client looks whether it is there before it gives up; another one is left with an error.
    assert.equal((await shown.create()).url, NEW_URL)
    assert.equal((await urlsOf(shown)).length, 3)
    await shown.server.control.createFault({ preset: 'answer-lost', match: { team: shown.team } })
    await rejection(shown.post())
  },
  async 'answer-truncated'(shown) {
    const response = await fetch(`${shown.server.url}/v1/apps`, { headers: bearer(shown) })
    assert.equal(response.status, 200)
    assert.ok(Number(response.headers.get('content-length')) > 100)
    await rejection(response.text())
    await isNowFine(shown)
  },
  async 'new-bundle-404'(shown) {
    const { server, team, client } = shown
    server.clock.freeze()
    const made = await server.control.createBuild({ team, app: APP, version: '2.0', carryOver: false })
    const buildBundle = made.bundles.find(({ bundleType }) => bundleType === 'APP_CLIP')?.id ?? ''
    const create = () => client.betaAppClipInvocations.create({ url: NEW_URL, buildBundle, titles: { ja: 'x' } })

    assert.equal((await client.builds.get(made.build)).id, made.build)
    const error = await refusal(create())
    assert.deepEqual([error.status, error.problems[0]?.code], [404, 'NOT_FOUND'])
    assert.match(error.problems[0]?.detail ?? '', new RegExp(`'buildBundles' with id '${buildBundle}'`))
    assert.equal((await refusal(client.builds.update(made.build, { expired: true }))).status, 404)
    server.clock.advance(30_000)
    assert.equal((await create()).url, NEW_URL)
    server.clock.release()
  },
  async 'stuck-processing'(shown) {
    const { server, team, client } = shown
    server.clock.freeze()
    const upload = { team, app: APP, version: '2.0', processing: { seconds: 10 } }
    const stuck = await server.control.createBuild(upload)
    const next = await server.control.createBuild(upload)
    server.clock.advance(600_000)
    assert.equal((await client.builds.get(stuck.build)).processingState, 'PROCESSING')
    assert.equal((await client.builds.get(next.build)).processingState, 'VALID')
    server.clock.release()
  },
}

function bearer({ token }: Shown): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}

function invocationBody(bundle: string) {
  return {
    data: {
      type: 'betaAppClipInvocations',
      attributes: { url: NEW_URL },
      relationships: {
        buildBundle: { data: { type: 'buildBundles', id: bundle } },
        betaAppClipInvocationLocalizations: {
          data: [{ type: 'betaAppClipInvocationLocalizations', id: '${one}' }],
        },
      },
    },
    included: [
      {
        type: 'betaAppClipInvocationLocalizations',
        id: '${one}',
        attributes: { locale: 'en-US', title: 'New' },
      },
    ],
  }
}

describeControlled('presets of faults', (server) => {
  for (const { name, description } of presets) {
    test(`${name}: ${description}`, async () => {
      const team = await demoTeam(server())
      const { client, bundle, token } = team
      const shown: Shown = {
        ...team,
        server: server(),
        create: () =>
          client.betaAppClipInvocations.create({ url: NEW_URL, buildBundle: bundle, titles: { 'en-US': 'New' } }),
        post: () => tryAs(server(), token, 'POST', '/v1/betaAppClipInvocations', invocationBody(bundle)),
        get: () => tryAs(server(), token, 'GET', '/v1/apps'),
      }
      const fault = await server().control.createFault({ preset: name, match: { team: team.team } })
      const show = shows[name]
      assert.ok(show, 'the preset is not shown to hit a client')

      await show(shown)

      const { faults } = await server().control.listFaults({ team: team.team })
      assert.ok((faults.find(({ id }) => id === fault.id)?.struck ?? 0) > 0)
      const { requests } = await server().control.listRequests({ team: team.team })
      const struck = requests.find((request: LoggedRequest) => request.fault === fault.id)
      if (fault.then.keepProcessing === undefined) assert.match(struck?.why ?? '', new RegExp(`preset ${name}`))
    })
  }

  test('no test is of a preset that is gone', () => {
    const known = presets.map(({ name }) => name)

    assert.deepEqual(
      Object.keys(shows).filter((name) => !known.includes(name)),
      [],
    )
  })
})
