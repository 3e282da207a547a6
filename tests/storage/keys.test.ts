import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { Conflict, type ApiKey } from '../../packages/server/src/storage/storage.ts'
import { describeStorage } from './describe-storage.ts'

function keyOf(team: number, issuerId: string): ApiKey {
  const publicKey = '-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----\n'
  return {
    id: randomUUID(),
    team,
    issuerId,
    name: 'A key',
    roles: ['ADMIN', 'DEVELOPER'],
    individual: false,
    publicKey,
    revokedAt: null,
  }
}

describeStorage('teams and keys', (storage) => {
  test('a storage without teams says so until there is one', async () => {
    assert.equal(await storage().hasTeams(), false)

    await storage().write((transaction) => transaction.insertTeam({ name: 'First', issuerId: randomUUID() }))

    assert.equal(await storage().hasTeams(), true)
  })

  test('teams that are made at once have numbers of their own', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 4 }, () =>
        storage().write((transaction) => transaction.insertTeam({ name: 'Team', issuerId: randomUUID() })),
      ),
    )

    assert.equal(new Set(numbers).size, 4)
  })

  test('an issuer id belongs to one team', async () => {
    const issuerId = randomUUID()
    const insert = () => storage().write((transaction) => transaction.insertTeam({ name: 'Team', issuerId }))
    await insert()

    await assert.rejects(insert(), Conflict)
  })

  test('a key comes back as it was inserted, with the issuer id of its team', async () => {
    const issuerId = randomUUID()
    const key = await storage().write(async (transaction) => {
      const made = keyOf(await transaction.insertTeam({ name: 'Team', issuerId }), issuerId)
      await transaction.insertKey(made)
      return made
    })

    assert.deepEqual(await storage().findKey(key.id), key)
    assert.equal(await storage().findKey('unknown'), undefined)
  })

  test('a revoked key keeps the moment when it was first revoked', async () => {
    const issuerId = randomUUID()
    const { id } = await storage().write(async (transaction) => {
      const made = keyOf(await transaction.insertTeam({ name: 'Team', issuerId }), issuerId)
      await transaction.insertKey(made)
      await transaction.revokeKey(made.id, 1000)
      return made
    })

    await storage().write((transaction) => transaction.revokeKey(id, 2000))

    assert.equal((await storage().findKey(id))?.revokedAt, 1000)
  })
})
