import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createIdentifier } from '../../packages/server/src/auth/identify.ts'
import type { ApiKey } from '../../packages/server/src/storage/storage.ts'
import { claims, makeKey, openDesk, refusal, SIGNED_AT, token } from './keys-and-tokens.ts'

describe('a verified token', () => {
  test('is answered at once and without a promise when it comes again', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const header = `Bearer ${await token(key)}`
    const first = await desk.identify(header)

    assert.equal(desk.identify(header), first)
    assert.equal(desk.identify(header.replace('Bearer', 'bearer')), first)
    assert.deepEqual(desk.reads, [key.record.id])
  })

  test('is refused from its last second on', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const header = `Bearer ${await token(key, claims({ exp: SIGNED_AT + 60 }))}`
    await desk.identify(header)

    desk.clock.milliseconds += 59_999
    await desk.identify(header)
    desk.clock.milliseconds += 1
    await refusal('NOT_AUTHORIZED', () => desk.identify(header))
    await refusal('NOT_AUTHORIZED', () => desk.identify(header))
  })

  test('is refused once the clock was set back to before it was issued', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const header = `Bearer ${await token(key)}`
    await desk.identify(header)

    desk.clock.milliseconds -= 3_600_000

    await refusal('NOT_AUTHORIZED', () => desk.identify(header))
  })

  test('is not verified again when only its key was read again', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const header = `Bearer ${await token(key)}`
    const first = await desk.identify(header)

    desk.stored.set(key.record.id, structuredClone(key.record))
    desk.clock.milliseconds += 1000

    assert.equal(await desk.identify(header), first)
    assert.equal(desk.reads.length, 2)
  })

  test('follows a change of the roles within a second', async () => {
    const key = makeKey({ roles: ['ADMIN'] })
    const desk = openDesk(key)
    const header = `Bearer ${await token(key)}`
    await desk.identify(header)

    desk.stored.set(key.record.id, { ...key.record, roles: ['SALES'] })
    desk.clock.milliseconds += 1000

    assert.deepEqual((await desk.identify(header)).roles, ['SALES'])
  })

  test('is worth nothing when another key takes over the id', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const header = `Bearer ${await token(key)}`
    await desk.identify(header)

    desk.stored.set(key.record.id, makeKey().record)
    desk.clock.milliseconds += 1000

    await refusal('NOT_AUTHORIZED', () => desk.identify(header))
  })
})

describe('a revoked key', () => {
  test('is refused', async () => {
    const key = makeKey({ revokedAt: SIGNED_AT * 1000 })

    await refusal('NOT_AUTHORIZED', async () => openDesk(key).identify(`Bearer ${await token(key)}`))
  })

  test('stays revoked when the clock is set back', async () => {
    const key = makeKey({ revokedAt: (SIGNED_AT + 1) * 1000 })

    await refusal('NOT_AUTHORIZED', async () => openDesk(key).identify(`Bearer ${await token(key)}`))
  })

  test('is refused within a second, its known tokens and its new ones', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const header = `Bearer ${await token(key)}`
    await desk.identify(header)
    desk.stored.set(key.record.id, { ...key.record, revokedAt: desk.clock.milliseconds })

    desk.clock.milliseconds += 1000

    await refusal('NOT_AUTHORIZED', () => desk.identify(header))
    await refusal('NOT_AUTHORIZED', async () => desk.identify(`Bearer ${await token(key, claims({ jti: 'new' }))}`))
  })

  test('is refused within a second although the clock was set back', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const header = `Bearer ${await token(key, claims({ iat: SIGNED_AT - 600, exp: SIGNED_AT + 600 }))}`
    await desk.identify(header)
    desk.stored.delete(key.record.id)

    desk.clock.milliseconds -= 300_000

    await refusal('NOT_AUTHORIZED', () => desk.identify(header))
  })

  test('is refused at once when it is forgotten', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const header = `Bearer ${await token(key)}`
    await desk.identify(header)
    desk.stored.delete(key.record.id)

    desk.forgetKey(key.record.id)

    await refusal('NOT_AUTHORIZED', () => desk.identify(header))
  })

  test('does not come back with a read that began before it was forgotten', async () => {
    const key = makeKey()
    const reads: ((record: ApiKey | undefined) => void)[] = []
    const { identify, forgetKey } = createIdentifier({
      findKey: () => new Promise((resolve) => reads.push(resolve)),
      now: () => SIGNED_AT * 1000,
    })
    const header = `Bearer ${await token(key)}`

    const early = identify(header)
    forgetKey(key.record.id)
    reads[0]?.(key.record)
    await early
    const late = identify(header)
    reads[1]?.(undefined)

    await refusal('NOT_AUTHORIZED', () => late)
  })

  test('works again when it is known again', async () => {
    const key = makeKey()
    const desk = openDesk()
    const header = `Bearer ${await token(key)}`
    await refusal('NOT_AUTHORIZED', () => desk.identify(header))

    desk.stored.set(key.record.id, key.record)

    assert.equal((await desk.identify(header)).keyId, key.record.id)
  })
})

describe('the record of a key', () => {
  test('is read once a second at most, however many tokens ask at the same time', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const headers = await Promise.all([1, 2, 3, 4, 5].map(async (jti) => `Bearer ${await token(key, claims({ jti }))}`))
    const askAll = () => Promise.all([...headers, ...headers].map((header) => desk.identify(header)))

    await askAll()
    assert.equal(desk.reads.length, 1)
    desk.clock.milliseconds += 999
    await askAll()
    assert.equal(desk.reads.length, 1)
    desk.clock.milliseconds += 1
    await askAll()
    assert.equal(desk.reads.length, 2)
  })

  test('that cannot be read fails the request and is read anew by the next', async () => {
    const key = makeKey()
    let isAway = true
    const findKey = async () => {
      if (isAway) throw new Error('The database is away.')
      return key.record
    }
    const { identify } = createIdentifier({ findKey, now: () => SIGNED_AT * 1000 })
    const header = `Bearer ${await token(key)}`

    await assert.rejects(async () => identify(header), /The database is away/)
    isAway = false
    assert.equal((await identify(header)).keyId, key.record.id)
  })
})

describe('tokens of unknown keys', () => {
  test('crowd out no token of a known one', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const header = `Bearer ${await token(key)}`
    const first = await desk.identify(header)
    const [, payload, signature] = header.split('.')

    for (let i = 0; i < 12_000; i += 1) {
      const invented = Buffer.from(JSON.stringify({ alg: 'ES256', kid: `UNKNOWN${i}` })).toString('base64url')
      await assert.rejects(async () => desk.identify(`Bearer ${invented}.${payload}.${signature}`))
    }

    assert.equal(desk.identify(header), first)
  })
})
