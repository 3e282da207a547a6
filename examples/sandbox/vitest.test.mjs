// With Vitest: a sandbox for the file, and for each test a team of its own, so that they may also run side by side.
import { startSandbox } from 'clipflight/sandbox'
import { test as base } from 'vitest'
import { release } from './release.mjs'

const LOYALTY = { bundleId: 'com.example.coffee', url: 'https://example.com/stamps', title: 'Collect a stamp' }

const test = base.extend({
  sandbox: [
    // oxlint-disable-next-line no-empty-pattern -- Vitest reads in the pattern which fixtures are wanted: none
    async ({}, use) => {
      await using sandbox = await startSandbox()
      await use(sandbox)
    },
    { scope: 'file' },
  ],
  team: async ({ sandbox }, use) => use(await sandbox.newTeam()),
  key: async ({ team }, use) => use({ baseUrl: team.url, ...team.credentials }),
})

test.concurrent('the newest build gets the invocation, once', async ({ key, team, expect }) => {
  const id = await release(key, LOYALTY)

  expect(await release(key, LOYALTY)).toBe(id)
  expect((await team.client.betaAppClipInvocations.get(id)).url).toBe(LOYALTY.url)
})

test.concurrent('a build that is still processed is not touched', async ({ key, team, expect }) => {
  await team.build({ app: LOYALTY.bundleId, version: '1.5', processing: { seconds: 90 } })

  await expect(release(key, LOYALTY)).rejects.toThrow('Build 43 is PROCESSING')
})

test.concurrent('a creation that was carried out and answered with 500 is not made twice', async ({
  key,
  team,
  expect,
}) => {
  await team.fault('applied-500')

  await release(key, LOYALTY)

  expect(await team.requests({ method: 'POST' })).toHaveLength(1)
})
