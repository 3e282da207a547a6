import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { toByteString } from '@clipflight/contract'
import type { LoggedRequest } from '@clipflight/control'
import { signFor } from '../support/sign-for.ts'
import { createJournal } from '../../packages/server/src/journal/journal.ts'
import { writeEntry } from '../../packages/server/src/journal/write-entry.ts'
import { keepBody, keepBytes, type Entry } from '../../packages/server/src/journal/entry.ts'
import { demoTeam, describeControlled } from './start-controlled.ts'
import { tryAs } from './try-as.ts'

describeControlled('the request log', (server) => {
  test('a request is there with its answer, bodies, key and operation', async () => {
    const { team, client, bundle, made } = await demoTeam(server())

    await client.betaAppClipInvocations.create({ url: 'https://a.example/', buildBundle: bundle, titles: { ja: 'い' } })

    const { requests } = await server().control.listRequests({ team, method: 'post' })
    assert.equal(requests.length, 1)
    const [logged] = requests
    assert.equal(logged?.status, 201)
    assert.equal(logged?.operation, 'betaAppClipInvocations_createInstance')
    assert.equal(logged?.key, made.keys[0]?.id)
    assert.match(logged?.requestBody?.text ?? '', /"title":"い"/)
    assert.equal(JSON.parse(logged?.answerBody?.text ?? '').data.type, 'betaAppClipInvocations')
    assert.equal(logged?.id, logged?.answerHeaders['x-request-id'])
    assert.equal(logged?.answerHeaders['content-type'], 'application/json')
    assert.ok((logged?.milliseconds ?? -1) >= 0)
  })

  test('a token is nowhere in it', async () => {
    const { team, token } = await demoTeam(server())
    await tryAs(server(), token, 'GET', '/v1/apps')
    await tryAs(server(), `${token}x`, 'GET', '/v1/apps')

    const text = JSON.stringify(await server().control.listRequests({ limit: 1000 }))

    assert.ok(!text.includes(token))
    const [signature] = token.split('.').slice(-1)
    assert.ok(!text.includes(signature ?? token))
    assert.match(JSON.stringify(await server().control.listRequests({ team })), /"authorization":"\[redacted\]"/)
  })

  test('a token or a secret that was sent to where none belongs is nowhere in it', async () => {
    const { team, token } = await demoTeam(server())
    const secret = randomBytes(32).toString('base64url')
    const sent = [token, secret, `k${secret}`]
    for (const each of sent) {
      for (const path of [
        `/v1/${each}`,
        `/v1/apps/${each}`,
        `/v1/apps?access_token=${each}`,
        `/v1/apps?access_token=%${each.charCodeAt(0).toString(16)}${each.slice(1)}`,
        `/v1/apps?filter[${each}]=1`,
        `/v1/apps?filter%5Bname%5D=%E2%80%9C${each}%E2%80%9D`,
        `/v1/nowhere/%C3%A9${each}`,
      ]) {
        await tryAs(server(), token, 'GET', path)
      }
      await fetch(`${server().url}/v1/apps`, {
        headers: { 'x-api-key': each, referer: `https://a.example/t/${each}`, 'x-session': `%C3%A9${each}` },
      })
    }
    for (const each of [token, secret]) await tryAs(server(), token, 'GET', `/v1/apps?filter[name]=%2565${each}`)
    const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid: secret })).toString('base64url')
    await tryAs(server(), `${header}.e30.AAAA`, 'GET', '/v1/apps')

    const { requests } = await server().control.listRequests({ limit: 1000 })

    const text = JSON.stringify(requests)
    assert.deepEqual(
      sent.filter((each) => text.includes(each.slice(1))),
      [],
    )
    const inPaths = requests.filter((each) => each.team === team && each.path === '/v1/apps/[redacted]')
    assert.equal(inPaths.length, sent.length)
    for (const { problems } of inPaths) assert.match(problems[0]?.detail ?? '', /with id 'k?\[redacted\]'$/)
  })

  test('it says why a token was refused, which the answer does not', async () => {
    const { made } = await demoTeam(server())
    const [key] = made.keys
    assert.ok(key)
    const now = server().clock.now()
    const signer = { keyId: key.id, issuerId: made.issuerId, privateKey: key.privateKey }
    const reasons = new Map([
      [await signFor(signer, now - 3_600_000), /^The token expired at /],
      [await signFor(signer, now + 3_600_000), /^The token was issued in the future/],
      [
        await signFor(
          { ...signer, issuerId: made.issuerId.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
          now,
        ),
        /^'iss' is not|^The token/,
      ],
      [await signFor({ ...signer, keyId: 'NOBODY0000' }, now), /^The key NOBODY0000 is unknown\.$/],
      ['nonsense', /^The token is not a JSON Web Token\.$/],
      [`${(await signFor(signer, now)).split('.').slice(0, 2).join('.')}.${'A'.repeat(86)}`, /^The signature is not/],
    ])
    for (const [token, reason] of reasons) {
      const { status, headers, text } = await tryAs(server(), token, 'GET', '/v1/apps')
      assert.equal(status, 401)
      assert.doesNotMatch(text, reason)
      const { requests } = await server().control.listRequests({ status: '401', limit: 1 })
      assert.equal(requests[0]?.id, headers.get('x-request-id'))
      assert.match(requests[0]?.why ?? '', reason)
    }
    await server().control.revokeKey({ team: made.team, key: key.id })
    await tryAs(server(), await signFor(signer, now), 'GET', '/v1/apps')
    const { requests } = await server().control.listRequests({ status: '4xx', limit: 1 })
    assert.equal(requests[0]?.why, `The key ${key.id} is revoked.`)
  })

  test('it is searched by path, status, key, team and time', async () => {
    const { team, token, made } = await demoTeam(server())
    await tryAs(server(), token, 'GET', '/v1/builds?limit=1')
    await tryAs(server(), token, 'GET', '/v1/builds/none')
    await tryAs(server(), token, 'GET', '/v1/builds/none/app')
    const paths = async (query: object) =>
      (await server().control.listRequests({ team, ...query })).requests.map(({ path }) => path)

    assert.deepEqual(await paths({ path: '/v1/builds/*' }), ['/v1/builds/none'])
    assert.deepEqual(await paths({ path: '/v1/builds/**' }), ['/v1/builds/none', '/v1/builds/none/app'])
    assert.deepEqual(await paths({ status: '404' }), ['/v1/builds/none', '/v1/builds/none/app'])
    assert.deepEqual(await paths({ key: made.keys[0]?.id, limit: 1 }), ['/v1/builds/none/app'])
    assert.deepEqual(await paths({ key: 'NOBODY0000' }), [])
    assert.deepEqual(await paths({ since: '2999-01-01T00:00:00Z' }), [])
    assert.deepEqual(await paths({ until: '1999-01-01T00:00:00Z' }), [])
    const [found] = (await server().control.listRequests({ team, status: '4xx' })).requests
    assert.equal(found?.problems[0]?.code, 'NOT_FOUND')
    assert.equal((await server().control.listRequests({ team, path: '/v1/builds' })).requests.at(-1)?.query, 'limit=1')
  })

  test('who follows sees each request as it is answered, and what was missed when coming back', async () => {
    const { team, token } = await demoTeam(server())
    const seen: LoggedRequest[] = []
    const follow = async (after: number | undefined, count: number): Promise<void> => {
      const leaving = new AbortController()
      const options = { signal: leaving.signal, ...(after === undefined ? {} : { after }) }
      for await (const request of server().control.followRequests({ team, path: '/v1/apps' }, options)) {
        seen.push(request)
        if (seen.length === count) break
      }
      leaving.abort()
    }
    const before = (await server().control.listRequests({ limit: 1 })).requests[0]?.number ?? 0
    await tryAs(server(), token, 'GET', '/v1/apps')
    await tryAs(server(), token, 'GET', '/v1/builds')

    await follow(before, 1)
    assert.equal(seen[0]?.path, '/v1/apps')
    const following = follow(seen[0]?.number, 2)
    await tryAs(server(), token, 'GET', '/v1/apps?limit=2')
    await following

    assert.equal(seen[1]?.query, 'limit=2')
  })

  test('who comes back gets all that was missed, however much it is', async () => {
    const { team, token } = await demoTeam(server())
    const before = (await server().control.listRequests({ limit: 1 })).requests[0]?.number ?? 0
    // Written as JSON, six times as long as they are kept.
    const html = '\u0001'.repeat(60_000)
    const count = 40
    await server().control.createFault({ match: { team }, then: { answer: { status: 500, html } } })
    for (let index = 0; index < count; index += 1) await tryAs(server(), token, 'GET', '/v1/apps')
    let seen = 0

    for await (const { answerBody } of server().control.followRequests({ team }, { after: before })) {
      assert.equal(answerBody?.bytes, html.length)
      seen += 1
      if (seen === count) break
    }

    assert.equal(seen, count)
  })

  test('health, the documents and the control API itself are not in it', async () => {
    await fetch(`${server().url}/openapi.json`)
    await server().control.listTeams()

    const { requests } = await server().control.listRequests({ limit: 1000 })

    assert.deepEqual(
      requests.filter(({ path }) => !path.startsWith('/v1')),
      [],
    )
  })
})

/** A request of which no more is known, and that was cut off. */
function entryWith(known: Partial<Entry>): Entry {
  return {
    number: 0,
    id: '',
    at: 0,
    milliseconds: 0,
    method: 'GET',
    url: '/',
    status: null,
    team: undefined,
    key: undefined,
    operation: undefined,
    requestHeaders: [],
    requestBody: undefined,
    answerType: undefined,
    rateLimit: undefined,
    moreHeaders: undefined,
    answerBody: undefined,
    why: undefined,
    fault: undefined,
    ...known,
  }
}

test('the log keeps within its bounds of entries and of bytes', () => {
  const entry = (body: string) => entryWith({ answerBody: keepBody(toByteString(body)) })
  const few = createJournal({ entries: 3, bytes: 1_000_000 })
  for (let index = 0; index < 5; index += 1) few.record(entry('x'))
  assert.deepEqual(
    Array.from(few.entries(), ({ number }) => number),
    [3, 4, 5],
  )
  const small = createJournal({ entries: 100, bytes: 100_000 })
  for (let index = 0; index < 50; index += 1) small.record(entry('x'.repeat(40_000)))
  assert.equal([...small.entries()].length, 2)
})

test('a long body is kept up to a bound, and says how long it was', () => {
  const { answerBody } = writeEntry(entryWith({ answerBody: keepBody(toByteString('é'.repeat(100_000))) }))

  assert.equal(answerBody?.bytes, 200_000)
  assert.ok(answerBody.text.length <= 64 * 1024)
})

test('a body whose bytes come near the bound is kept whole and counted', () => {
  const text = 'é'.repeat(30_000)
  for (const body of [keepBody(toByteString(text)), keepBytes(Buffer.from(text))]) {
    assert.deepEqual(writeEntry(entryWith({ requestBody: body })).requestBody, { text, bytes: 60_000 })
  }
})

const BODIES = [
  undefined,
  toByteString(''),
  toByteString('{"data":[]}'),
  toByteString('é'.repeat(700)),
  toByteString('カウンターで注文 🍵'),
  toByteString('x'.repeat(5000)),
  toByteString('い'.repeat(40_000)),
]

const SENT_BODIES = [
  undefined,
  Buffer.from('{"title":"い"}'),
  Buffer.from([0xff, 0xfe, 0x41]),
  Buffer.from('い'.repeat(40_000)),
]

/** Another mixture of everything with each number. */
function mixedEntry(index: number): Entry {
  const headers = ['Host', 'a.example', 'X-Latin', 'é', 'Authorization', 'Bearer secret', 'A', '1', 'a', '2', 'B', '']
  const [sent, answered] = [SENT_BODIES[index % SENT_BODIES.length], BODIES[(index * 5 + 3) % BODIES.length]]
  return entryWith({
    id: `id-${index}`,
    at: 1000 + index,
    milliseconds: index / 8,
    method: 'POST',
    url: `/v1/apps?limit=${index}`,
    requestHeaders: index % 3 ? headers : [],
    requestBody: sent && keepBytes(sent),
    answerBody: answered === undefined ? undefined : keepBody(answered),
    status: index % 5 === 0 ? null : 200 + (index % 300),
    ...(index % 3 > 0 && {
      team: index % 3,
      key: `KEY${index}`,
      operation: 'apps_getCollection',
      answerType: 'application/json',
      rateLimit: 'user-hour-lim:3600;user-hour-rem:3599;',
    }),
    ...(index % 4 === 0 && { moreHeaders: { location: '/v1/apps/1', 'x-list': ['1', '2'], 'x-number': 5 } }),
    ...(index % 6 === 0 && { why: 'The key い\nis unknown.' }),
    ...(index % 8 === 0 && { fault: 'slow' }),
  })
}

/** As the log has it: without tokens. */
function loggedOf(entry: Entry): LoggedRequest {
  const logged = writeEntry(entry)
  const { authorization } = logged.requestHeaders
  if (authorization !== undefined) logged.requestHeaders['authorization'] = '[redacted]'
  return logged
}

test('a header that was sent more than once has a list of values', () => {
  const journal = createJournal()
  journal.record(entryWith({ requestHeaders: ['A', '1', 'Cookie', 'b=2', 'a', '3', 'COOKIE', 'c=4'] }))

  const [logged] = Array.from(journal.entries(), writeEntry)
  assert.deepEqual(logged?.requestHeaders, { a: ['1', '3'], cookie: ['[redacted]', '[redacted]'] })
})

test('entries come out of the log as they went in, while it grows, wraps around and forgets', () => {
  for (const bytes of [30_000, 400_000, 8_000_000]) {
    const journal = createJournal({ entries: 150, bytes })
    const written: { team: number | undefined; logged: LoggedRequest }[] = []
    for (let index = 0; index < 700; index += 1) {
      const entry = mixedEntry(index)
      journal.record(entry)
      written.push({ team: entry.team, logged: loggedOf(entry) })
    }
    const expected = written.map(({ logged }) => logged)
    const read = Array.from(journal.entries(), writeEntry)
    assert.deepEqual(read, expected.slice(-read.length))
    assert.ok(read.length > 0 && read.length <= 150)
    const [middle] = read.slice(read.length / 2)
    assert.deepEqual(
      Array.from(journal.entries(middle?.number), writeEntry),
      read.filter(({ number }) => number > (middle?.number ?? 0)),
    )

    journal.forgetTeam(2)

    const left = read.filter((_, place) => written.slice(-read.length)[place]?.team !== 2)
    assert.deepEqual(Array.from(journal.entries(), writeEntry), left)
    const next = mixedEntry(1)
    journal.record(next)
    assert.deepEqual(Array.from(journal.entries(), writeEntry).at(-1), loggedOf(next))
  }
})

function numbersOf(entries: Iterable<Entry>): readonly number[] {
  return Array.from(entries, ({ number }) => number)
}

test('what is forgotten of a team leaves its room to the others', () => {
  const journal = createJournal({ entries: 10, bytes: 1_000_000 })
  for (const team of [1, 1, 2, 2, 2, 2, 2, 2, 2, 2]) journal.record(entryWith({ team }))

  journal.forgetTeam(2)
  for (let index = 0; index < 3; index += 1) journal.record(entryWith({ team: 1 }))

  assert.deepEqual(numbersOf(journal.entries()), [1, 2, 11, 12, 13])
})

test('what entries have in common is theirs after others were forgotten, or let go', () => {
  const journal = createJournal({ entries: 6, bytes: 1_000_000 })
  const record = (team: number, key: string, accept: string) =>
    journal.record(entryWith({ url: '/v1/apps', requestHeaders: ['Accept', accept], team, key }))
  const seen = () =>
    Array.from(journal.entries(), writeEntry).map(({ number, team, key, method, requestHeaders: { accept } }) =>
      [number, team, key, method, accept].join(' '),
    )
  record(1, 'A', 'x')
  record(2, 'A', 'x')
  record(2, 'A', 'x')
  record(1, 'A', 'x')
  record(1, 'A', 'y')
  assert.deepEqual(seen(), ['1 1 A GET x', '2 2 A GET x', '3 2 A GET x', '4 1 A GET x', '5 1 A GET y'])

  journal.forgetTeam(2)
  record(2, 'A', 'x')
  record(2, 'A', 'x')
  record(1, 'B', 'y')
  assert.deepEqual(seen(), ['1 1 A GET x', '4 1 A GET x', '5 1 A GET y', '6 2 A GET x', '7 2 A GET x', '8 1 B GET y'])

  journal.forgetTeam(1)
  journal.forgetTeam(2)
  record(2, 'A', 'x')
  assert.deepEqual(seen(), ['9 2 A GET x'])
})

test('who reads on while entries are added misses none that is kept', () => {
  const journal = createJournal({ entries: 4, bytes: 1_000_000 })
  for (let index = 0; index < 4; index += 1) journal.record(entryWith({ team: 1 }))
  const seen: number[] = []

  for (const { number } of journal.entries()) {
    seen.push(number)
    if (number === 1) journal.record(entryWith({ team: 1 }))
  }

  assert.deepEqual(seen, [1, 2, 3, 4, 5])
})

test('of long bodies it holds nearly as much as it may', () => {
  const journal = createJournal()
  for (let index = 0; index < 400; index += 1) {
    journal.record(entryWith({ answerBody: keepBody(toByteString('x'.repeat(64 * 1024 + 1))) }))
  }

  const kept = Array.from(journal.entries(), writeEntry)
  assert.ok(kept.length >= 230, String(kept.length))
  assert.ok(kept.length <= 256)
  assert.ok(kept.every(({ answerBody }) => answerBody?.text === 'x'.repeat(64 * 1024)))
})

test('large headers count with all their bytes', () => {
  const journal = createJournal({ entries: 1000, bytes: 100_000 })
  for (let index = 0; index < 20; index += 1) {
    journal.record(entryWith({ requestHeaders: ['Accept', 'x'.repeat(15_000)] }))
  }

  assert.equal([...journal.entries()].length, 6)
})
