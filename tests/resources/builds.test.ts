import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { resources } from '@clipflight/contract'
import { databases } from '../databases.ts'
import { updateBody } from '../support/invocations.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild, plant } from '../support/teams.ts'

for (const database of databases) {
  describe(`builds on ${database}`, () => {
    let server: TestServer
    before(async () => {
      server = await startServer(database)
    })
    after(() => server.close())

    async function statesOf(build: string) {
      const { body } = await server.send('GET', `/v1/builds/${build}/buildBetaDetail`)
      const { internalBuildState, externalBuildState } = body.data.attributes
      return [internalBuildState, externalBuildState]
    }

    it('makes a build ready once export compliance is answered', async () => {
      const { build } = await makeBuild(server.storage, server.team.number)
      const waiting = {
        internalBuildState: 'MISSING_EXPORT_COMPLIANCE',
        externalBuildState: 'MISSING_EXPORT_COMPLIANCE',
      }
      await server.storage.write((transaction) =>
        transaction.update(resources.buildBetaDetails, server.team.number, build, waiting),
      )

      const { status } = await server.send('PATCH', `/v1/builds/${build}`, {
        body: updateBody('builds', build, { usesNonExemptEncryption: false }),
      })

      assert.equal(status, 200)
      assert.deepEqual(await statesOf(build), ['READY_FOR_BETA_TESTING', 'READY_FOR_BETA_SUBMISSION'])
    })

    it('takes an expired build from all testers', async () => {
      const { build } = await makeBuild(server.storage, server.team.number)

      const { body } = await server.send('PATCH', `/v1/builds/${build}`, {
        body: updateBody('builds', build, { expired: true }),
      })

      assert.equal(body.data.attributes.expired, true)
      assert.deepEqual(await statesOf(build), ['EXPIRED', 'EXPIRED'])
    })

    it('expires a build for good', async () => {
      const { build } = await makeBuild(server.storage, server.team.number)
      const setExpired = (expired: boolean) =>
        server.send('PATCH', `/v1/builds/${build}`, { body: updateBody('builds', build, { expired }) })
      assert.equal((await setExpired(false)).status, 200)
      assert.deepEqual(await statesOf(build), ['READY_FOR_BETA_TESTING', 'READY_FOR_BETA_SUBMISSION'])
      await setExpired(true)

      const { status, body } = await setExpired(false)

      assert.equal(status, 409)
      assert.equal(body.errors[0].code, 'ENTITY_ERROR.ATTRIBUTE.INVALID')
      assert.deepEqual(body.errors[0].source, { pointer: '/data/attributes/expired' })
      assert.equal((await server.send('GET', `/v1/builds/${build}`)).body.data.attributes.expired, true)
      assert.equal((await setExpired(true)).status, 200)
    })

    it('takes a build for review once, and refuses it a second time', async () => {
      const { build } = await makeBuild(server.storage, server.team.number)
      const body = {
        data: { type: 'betaAppReviewSubmissions', relationships: { build: { data: { type: 'builds', id: build } } } },
      }

      const first = await server.send('POST', '/v1/betaAppReviewSubmissions', { body })
      const second = await server.send('POST', '/v1/betaAppReviewSubmissions', { body })
      const list = await server.send('GET', `/v1/betaAppReviewSubmissions?filter[build]=${build}`)

      assert.equal(first.status, 201)
      assert.equal(first.body.data.id, build)
      assert.equal(second.status, 409)
      assert.equal(second.body.errors[0].code, 'ENTITY_ERROR.RELATIONSHIP.INVALID')
      assert.deepEqual(second.body.errors[0].source, { pointer: '/data/relationships/build' })
      assert.equal(list.body.data.length, 1)
      assert.equal((await statesOf(build))[1], 'WAITING_FOR_BETA_REVIEW')
    })

    it('adds and removes a build from a group, and refuses a group that is not there', async () => {
      const { build, app } = await makeBuild(server.storage, server.team.number)
      const group = await server.storage.write((transaction) =>
        plant(transaction, server.team.number, resources.betaGroups, { name: 'QA' }, { app }),
      )
      const path = `/v1/builds/${build}/relationships/betaGroups`
      const link = { data: [{ type: 'betaGroups', id: group }] }

      const added = await server.send('POST', path, { body: link })
      const again = await server.send('POST', path, { body: link })
      const there = await server.send('GET', `/v1/betaGroups/${group}/builds`)
      const absent = await server.send('POST', path, { body: { data: [{ type: 'betaGroups', id: 'nobody' }] } })
      const removed = await server.send('DELETE', path, { body: link })
      const gone = await server.send('GET', `/v1/betaGroups/${group}/relationships/builds`)

      assert.deepEqual([added.status, again.status, removed.status], [204, 204, 204])
      assert.deepEqual(
        there.body.data.map(({ id }: { id: string }) => id),
        [build],
      )
      assert.equal(absent.status, 404)
      assert.deepEqual(gone.body.data, [])
    })
  })
}
