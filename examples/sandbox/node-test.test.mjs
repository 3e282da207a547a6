// With the runner of Node itself: `node --test node-test.test.mjs`
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startSandbox } from 'clipflight/sandbox'
import { release } from './release.mjs'

const LOYALTY = { bundleId: 'com.example.coffee', url: 'https://example.com/stamps', title: 'Collect a stamp' }

let sandbox
let key
before(async () => {
  sandbox = await startSandbox()
  key = { baseUrl: sandbox.url, ...sandbox.credentials }
})
after(() => sandbox.close())
// A millisecond; faults of the test before are gone too.
beforeEach(() => sandbox.reset())

test('the newest build gets the invocation, once', async () => {
  const id = await release(key, LOYALTY)

  assert.equal(await release(key, LOYALTY), id)
  assert.equal((await sandbox.client.betaAppClipInvocations.get(id)).url, LOYALTY.url)
})

test('a build that is still processed is not touched', async () => {
  await sandbox.build({ app: LOYALTY.bundleId, version: '1.5', processing: { seconds: 90 } })

  await assert.rejects(release(key, LOYALTY), /Build 43 is PROCESSING/)
})

test('a creation that was carried out and answered with 500 is not made twice', async () => {
  await sandbox.fault('applied-500')

  await release(key, LOYALTY)

  assert.equal((await sandbox.requests({ method: 'POST' })).length, 1)
})
