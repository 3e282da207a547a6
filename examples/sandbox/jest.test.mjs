// With Jest, which takes modules when Node is told so: `NODE_OPTIONS=--experimental-vm-modules jest`, with
// `transform: {}` and `testMatch: ["**/*.test.mjs"]` in its configuration.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { startSandbox } from 'clipflight/sandbox'
import { release } from './release.mjs'

const LOYALTY = { bundleId: 'com.example.coffee', url: 'https://example.com/stamps', title: 'Collect a stamp' }

let sandbox
let key
beforeAll(async () => {
  sandbox = await startSandbox()
  key = { baseUrl: sandbox.url, ...sandbox.credentials }
})
afterAll(() => sandbox.close())
// A millisecond; faults of the test before are gone too.
beforeEach(() => sandbox.reset())

test('the newest build gets the invocation, once', async () => {
  const id = await release(key, LOYALTY)

  expect(await release(key, LOYALTY)).toBe(id)
  expect((await sandbox.client.betaAppClipInvocations.get(id)).url).toBe(LOYALTY.url)
})

test('a build that is still processed is not touched', async () => {
  await sandbox.build({ app: LOYALTY.bundleId, version: '1.5', processing: { seconds: 90 } })

  await expect(release(key, LOYALTY)).rejects.toThrow('Build 43 is PROCESSING')
})

test('a creation that was carried out and answered with 500 is not made twice', async () => {
  await sandbox.fault('applied-500')

  await release(key, LOYALTY)

  expect(await sandbox.requests({ method: 'POST' })).toHaveLength(1)
})
