import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRule } from '../../packages/server/src/faults/rule.ts'
import { signFor } from '../support/sign-for.ts'
import { leaveWaiting } from './leave-waiting.ts'
import { demoTeam, describeControlled } from './start-controlled.ts'
import { tryAs } from './try-as.ts'

describeControlled('rules of faults', (server) => {
  test('a rule matches by method, path, operation and key', async () => {
    const { team, token, made } = await demoTeam(server())
    const other = await server().control.createKey({ team })
    const matches = [
      { method: 'POST' },
      { path: '/v1/bu*' },
      { operation: 'builds_getInstance' },
      { key: other.id },
    ] as const
    for (const match of matches) {
      const { id } = await server().control.createFault({
        match: { team, ...match },
        then: { answer: { status: 503 } },
      })
      assert.equal((await tryAs(server(), token, 'GET', '/v1/apps')).status, 200, JSON.stringify(match))
      await server().control.deleteFault({ fault: id })
    }
    const hits = [{ method: 'GET' }, { path: '/v1/ap*' }, { path: '/**' }, { operation: 'apps_getCollection' }] as const
    for (const match of [...hits, { key: made.keys[0]?.id ?? '' }]) {
      const { id } = await server().control.createFault({
        match: { team, ...match },
        then: { answer: { status: 503 } },
      })
      assert.equal((await tryAs(server(), token, 'GET', '/v1/apps')).status, 503, JSON.stringify(match))
      await server().control.deleteFault({ fault: id })
    }
  })

  // With a regular expression it takes longer than a file of tests may.
  test('a path with many stars is matched', async () => {
    const { team, token } = await demoTeam(server())
    const long = `/v1/${'a'.repeat(4000)}`
    for (const [path, status] of [
      [`/${'**a'.repeat(60)}b`, 404],
      [`/v1/${'*a'.repeat(60)}b`, 404],
      [`/**/v1/${'*a'.repeat(60)}`, 404],
      [`/${'**a'.repeat(60)}*`, 503],
    ] as const) {
      await server().control.createFault({ match: { team, path }, then: { answer: { status: 503 } } })
      assert.equal((await tryAs(server(), token, 'GET', long)).status, status, path)
      await server().control.deleteFaults({ team })
    }
  })

  test('a rule strikes the next few, or each so many-th, or always', async () => {
    const { team, token } = await demoTeam(server())
    const statuses = async (count: number): Promise<number[]> => {
      const seen: number[] = []
      for (let index = 0; index < count; index += 1) {
        seen.push((await tryAs(server(), token, 'GET', '/v1/apps')).status)
      }
      return seen
    }
    const then = { answer: { status: 500 } }
    await server().control.createFault({ match: { team }, when: { next: 2 }, then })
    assert.deepEqual(await statuses(3), [500, 500, 200])
    await server().control.deleteFaults({ team })
    await server().control.createFault({ match: { team }, when: { every: 3 }, then })
    assert.deepEqual(await statuses(6), [200, 200, 500, 200, 200, 500])
    await server().control.deleteFaults({ team })
    await server().control.createFault({ match: { team }, then })
    assert.deepEqual(await statuses(2), [500, 500])
  })

  test('the first rule that strikes decides, and one that does not leaves it to the next', async () => {
    const { team, token } = await demoTeam(server())
    await server().control.createFault({ match: { team }, when: { next: 1 }, then: { answer: { status: 502 } } })
    await server().control.createFault({ match: { team }, then: { answer: { status: 503 } } })

    assert.equal((await tryAs(server(), token, 'GET', '/v1/apps')).status, 502)
    assert.equal((await tryAs(server(), token, 'GET', '/v1/apps')).status, 503)
  })

  test('a struck request still costs budget and shows its headers', async () => {
    const { team, token } = await demoTeam(server())
    await server().control.createFault({
      match: { team },
      then: { answer: { status: 418, code: 'TEAPOT', headers: { 'X-Extra': 'yes' } } },
    })

    const { status, headers, text } = await tryAs(server(), token, 'GET', '/v1/apps')

    assert.equal(status, 418)
    assert.equal(headers.get('x-extra'), 'yes')
    assert.equal(JSON.parse(text).errors[0].id, headers.get('x-request-id'))
    assert.equal(JSON.parse(text).errors[0].title, 'TEAPOT')
  })

  test('a request without a good token is refused as ever: faults are for callers', async () => {
    const { team } = await demoTeam(server())
    await server().control.createFault({ match: { team }, then: { answer: { status: 503 } } })

    assert.equal((await tryAs(server(), 'none', 'GET', '/v1/apps')).status, 401)
  })

  test('a delayed request is answered as ever, once the delay is over', async () => {
    const { team, token } = await demoTeam(server())
    await server().control.createFault({ match: { team }, when: { next: 1 }, then: { delay: { from: 20, to: 30 } } })

    const { status } = await tryAs(server(), token, 'GET', '/v1/apps')

    assert.equal(status, 200)
    const { requests } = await server().control.listRequests({ team, path: '/v1/apps' })
    assert.ok((requests.at(-1)?.milliseconds ?? 0) >= 19)
  })

  test('a delayed request is over when its client hangs up, also before the delay began', async () => {
    const { team, made } = await demoTeam(server())
    const { id: keyId, privateKey } = await server().control.createKey({ team })
    const token = await signFor({ keyId, issuerId: made.issuerId, privateKey }, server().clock.now())
    await server().control.createFault({ match: { team }, then: { delay: { milliseconds: 1000 } } })
    const answered = server().control.followRequests({ team, key: keyId })[Symbol.asyncIterator]().next()

    await leaveWaiting(server(), '/v1/apps', { authorization: `Bearer ${token}` })

    assert.equal((await answered).value?.status, null)
  })

  test('no delay that is drawn is longer than one may be that is named', () => {
    const rule = { match: {}, when: {}, then: { delay: { normal: { mean: 600_000, deviation: 600_000 } } } }
    const { strike } = createRule({ id: 'fault-1', rule, preset: undefined, seed: 1, place: 0 })
    const request = { team: 1, key: 'K', method: 'GET', path: '/v1/apps', operation: undefined }

    const delays = Array.from({ length: 100 }, () => strike(request)?.delayMilliseconds ?? -1)

    assert.ok(
      delays.every((delay) => delay >= 0 && delay <= 600_000),
      String(Math.max(...delays)),
    )
  })

  test('an answer is as long as its head says, whatever length a rule names', async () => {
    const { team, token } = await demoTeam(server())
    await server().control.createFault({
      match: { team },
      then: { answer: { status: 503, headers: { 'Content-Length': '5000', 'X-Own': 'own' } } },
    })

    const { status, headers, text } = await tryAs(server(), token, 'GET', '/v1/apps')

    assert.equal(status, 503)
    assert.equal(headers.get('content-length'), String(text.length))
    assert.equal(headers.get('x-own'), 'own')
  })

  test('a truncated answer may end before its first byte', async () => {
    const { team, token } = await demoTeam(server())
    await server().control.createFault({ match: { team }, when: { next: 1 }, then: { truncate: 0 } })

    const response = await fetch(`${server().url}/v1/apps`, { headers: { authorization: `Bearer ${token}` } })

    assert.equal(response.status, 200)
    await assert.rejects(response.text())
  })

  test('a header that Node would refuse to send, or clients to read beside a length, cannot be set up', async () => {
    for (const name of ['Trailer', 'Transfer-Encoding', 'transfer-ENCODING']) {
      const body = { then: { answer: { status: 503, headers: { [name]: 'chunked' } } } }
      assert.equal((await server().ask('POST', '/faults', { body })).status, 422, name)
    }
  })

  test('a key that there is not, or that is of another team, is refused', async () => {
    const [{ team, made }, other] = [await demoTeam(server()), await demoTeam(server())]
    const [key] = made.keys
    assert.ok(key)
    const then = { answer: { status: 500 } }
    for (const match of [{ key: 'NOSUCH' }, { key: key.id, team: other.team }]) {
      const { status, body } = await server().ask('POST', '/faults', { body: { then, match } })
      assert.equal(status, 422)
      assert.equal(body.errors[0].source.pointer, '/match/key')
    }
    assert.equal((await server().ask('POST', '/faults', { body: { then, match: { key: key.id, team } } })).status, 201)
  })

  test('what a fault may not have is named, and no fault is set up', async () => {
    const before = (await server().control.listFaults()).faults.length
    const then = { answer: { status: 500 } }
    for (const [body, pointer] of [
      [{ then, wehn: {} }, '/wehn'],
      [{ then: { anser: {} } }, '/then/anser'],
      [{ then: { answer: { status: 500, reason: 'x' } } }, '/then/answer/reason'],
      [{ then: { answer: { status: 200 } } }, '/then/answer/status'],
      [{ then, match: { url: '/v1' } }, '/match/url'],
      [{ then, match: { path: 'v1' } }, '/match/path'],
      [{ then, match: { operation: 'apps_getColection' } }, '/match/operation'],
      [{ then, when: { next: 0 } }, '/when/next'],
      [{ then, when: { next: 1, every: 2 } }, '/when'],
      [{ then, when: { probability: 2 } }, '/when/probability'],
      [{ then: {} }, '/then'],
      [{ then: { cut: 'before', truncate: 1 } }, '/then'],
      [{ then: { applied: true, cut: 'after' } }, '/then/applied'],
      [{ then: { delay: { from: 1 } } }, '/then/delay'],
      [{ then: { delay: { from: 2, to: 1 } } }, '/then/delay/from'],
      [{ then: { delay: { milliseconds: 1e9 } } }, '/then/delay/milliseconds'],
      [{ then: { answer: { status: 500, headers: { 'a b': 'c' } } } }, '/then/answer/headers'],
      [{ then: { answer: { status: 500, headers: { a: 'b\r\nc: d' } } } }, '/then/answer/headers/a'],
      [{ preset: 'nonsense' }, '/preset'],
      [{ preset: 'slow', then }, '/then'],
      [{ preset: 'stuck-processing', match: { method: 'GET' } }, '/match/method'],
      [{}, '/then'],
    ] as const) {
      const { status, body: answer } = await server().ask('POST', '/faults', { body })
      assert.equal(status, 422, JSON.stringify(body))
      const pointers = answer.errors.map((error: { source: { pointer: string } }) => error.source.pointer)
      assert.ok(
        pointers.some((found: string) => found.startsWith(pointer)),
        `${JSON.stringify(body)}: ${pointers.join()}`,
      )
    }
    assert.equal((await server().ask('POST', '/faults', { body: { then, match: { team: 999_999 } } })).status, 404)
    assert.equal((await server().ask('DELETE', '/faults/none')).status, 404)
    const twice = await server().ask('POST', '/faults', { body: { then, when: { next: 1, every: 2 } } })
    assert.match(twice.body.errors[0].detail, /at most one of: next, every, probability/)
    const misspelt = await server().ask('POST', '/faults', { body: { then, match: { operation: 'apps_getAll' } } })
    assert.match(misspelt.body.errors[0].detail, /apps_getCollection/)
    assert.equal((await server().control.listFaults()).faults.length, before)
  })

  test('who takes away a fault that there is not is told which there are, of many the first few', async () => {
    const { control } = server()
    const said = async (): Promise<string> => (await server().ask('DELETE', '/faults/none')).body.errors[0].detail
    await control.deleteFaults()
    assert.equal(await said(), "There is no fault 'none'. There is none.")
    const ids: string[] = []
    for (let time = 0; time < 12; time += 1) ids.push((await control.createFault({ preset: 'slow' })).id)

    assert.equal(await said(), `There is no fault 'none'. There are: ${ids.slice(0, 10).join(', ')}, and 2 more.`)
    await control.deleteFaults()
  })

  test('a build that is refused uses up no fault', async () => {
    const { team } = await demoTeam(server())
    const { control } = server()
    const build = { team, app: 'com.example.coffee', version: '9.0' }
    await control.createBuild({ ...build, buildNumber: '1' })
    await control.createFault({ preset: 'stuck-processing', match: { team }, when: { next: 1 } })

    await assert.rejects(control.createBuild({ ...build, buildNumber: '1' }), /already exists/)

    assert.equal((await control.createBuild({ ...build, buildNumber: '2' })).processingState, 'PROCESSING')
  })
})
