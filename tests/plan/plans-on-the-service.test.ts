import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { applyChange } from '../../packages/plan/src/plan/apply-change.ts'
import type { Change } from '../../packages/plan/src/plan/change.ts'
import { toWanted, type ActualInvocation } from '../../packages/plan/src/plan/invocation.ts'
import { planChanges } from '../../packages/plan/src/plan/plan-changes.ts'
import { databases } from '../databases.ts'
import { invocationBody, localizationBody, updateBody } from '../support/invocations.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild } from '../support/teams.ts'
import { actualBundle, contentOf, wantedBundle } from './bundles.ts'

const RUNS = { numRuns: 100 }

for (const database of databases) {
  describe(`plans on ${database}`, () => {
    let server: TestServer
    before(async () => {
      server = await startServer(database)
    })
    after(() => server.close())

    async function readBundle(bundle: string): Promise<ActualInvocation[]> {
      const { body } = await server.send(
        'GET',
        `/v1/buildBundles/${bundle}/betaAppClipInvocations?include=betaAppClipInvocationLocalizations`,
      )
      const titles = new Map<string, { readonly locale: string; readonly title: string }>(
        (body.included ?? []).map((each: { id: string; attributes: object }) => [each.id, each.attributes]),
      )
      return body.data.map((each: { id: string; attributes: { url: string }; relationships: object }) => ({
        id: each.id,
        url: each.attributes.url,
        localizations: Object.values(each.relationships)
          .flatMap(({ data }: { data: { id: string }[] }) => data)
          .map(({ id }) => ({ id, locale: titles.get(id)?.locale ?? '', title: titles.get(id)?.title ?? '' })),
      }))
    }

    async function send(bundle: string, change: Change): Promise<number> {
      const path = `/v1/${change.type}`
      if (change.op === 'delete') return (await server.send('DELETE', `${path}/${change.id}`)).status
      if (change.op === 'update') {
        const { url, title } = { url: undefined, title: undefined, ...change.after }
        const body = updateBody(change.type, change.id, title === undefined ? { url } : { title })
        return (await server.send('PATCH', `${path}/${change.id}`, { body })).status
      }
      const body =
        change.type === 'betaAppClipInvocations'
          ? invocationBody(bundle, change.after.url, change.after.titles)
          : localizationBody(change.betaAppClipInvocation, change.after.locale, change.after.title)
      return (await server.send('POST', path, { body })).status
    }

    test('are taken by the service step by step, and leave what the model says', async () => {
      await fc.assert(
        fc.asyncProperty(wantedBundle, actualBundle, fc.boolean(), async (wanted, there, prune) => {
          const { clipBundle } = await makeBuild(server.storage, server.team.number)
          for (const { url, titles } of there.map(toWanted)) {
            const after = { url, titles }
            await send(clipBundle, { op: 'create', type: 'betaAppClipInvocations', after, why: '' })
          }
          let model: readonly ActualInvocation[] = await readBundle(clipBundle)
          const { changes } = planChanges(wanted, model, { prune })

          for (const change of changes) {
            const status = await send(clipBundle, change)
            model = applyChange(model, change)
            assert.equal(status < 300, true, `${status} to ${JSON.stringify(change)}`)
            const state = await readBundle(clipBundle)
            assert.deepEqual(contentOf(state.map(toWanted)), contentOf(model.map(toWanted)))
          }
          assert.deepEqual(planChanges(wanted, await readBundle(clipBundle), { prune }).changes, [])
        }),
        RUNS,
      )
    })
  })
}
