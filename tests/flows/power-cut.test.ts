import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { databases, freshDatabase } from '../databases.ts'
import { invocationBody } from '../support/invocations.ts'
import { serve, type Greeting } from '../serve/run-clipflight.ts'
import { tokenOf } from '../support/teams.ts'

const BUILDS = 400
const ROUNDS = 3
const ACKNOWLEDGED_PER_ROUND = 150
const WRITERS = 16

/** A seed with many empty App Clip bundles, so that writers always find room. */
function seedText(): string {
  const builds = Array.from(
    { length: BUILDS },
    (_, index) =>
      `              - version: '${index + 1}'\n                buildBundles: [{ bundleType: APP_CLIP, bundleId: com.example.coffee.Clip }]`,
  )
  return `teams:
  - name: Power cut
    keys: [{ roles: [ADMIN] }]
    apps:
      - name: Coffee
        bundleId: com.example.coffee
        preReleaseVersions:
          - version: '1.0'
            builds:
${builds.join('\n')}
`
}

async function client(service: Greeting) {
  const privateKey = createPrivateKey(await readFile(service.privateKeyPath))
  const token = await tokenOf({ id: service.keyId, privateKey, issuerId: service.issuerId, individual: false })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    // oxlint-disable-next-line typescript/no-explicit-any -- tests look into documents of every form
    const json: any = await response.json()
    return { status: response.status, body: json }
  }
}

type Send = Awaited<ReturnType<typeof client>>

async function clipBundles(send: Send): Promise<string[]> {
  const bundles: string[] = []
  let path: string | undefined = '/v1/builds?include=buildBundles&limit=200'
  while (path !== undefined) {
    const { body } = await send('GET', path)
    bundles.push(...body.included.map(({ id }: { id: string }) => id))
    path = body.links.next?.replace(/^https?:\/\/[^/]+/, '')
  }
  return bundles
}

for (const database of databases) {
  describe(`a power cut on ${database}`, () => {
    it('loses nothing that was acknowledged, and leaves nothing half made', { timeout: 120_000 }, async (t) => {
      const fresh = await freshDatabase(database)
      t.after(() => fresh.discard())
      const directory = await mkdtemp(join(tmpdir(), 'clipflight-cut-'))
      t.after(() => rm(directory, { recursive: true, force: true }))
      const seed = join(directory, 'seed.yaml')
      await writeFile(seed, seedText())
      const where = fresh.location.databaseUrl === undefined ? [] : ['--database', fresh.location.databaseUrl]
      const dataDir = join(directory, 'data')
      const options = ['--seed', seed, '--rate-limit', 'off', ...where]
      const acknowledged = new Set<string>()

      let service = await serve(t, dataDir, options)
      const bundles = await clipBundles(await client(service.greeting))
      const asked = bundles.flatMap((bundle) =>
        ['1', '2', '3'].map((name) => ({ bundle, url: `https://example.com/${name}` })),
      )
      for (let round = 0; round < ROUNDS; round++) {
        const send = await client(service.greeting)
        const goal = acknowledged.size + ACKNOWLEDGED_PER_ROUND
        const isCut = new AbortController()
        const cut = Promise.withResolvers<void>()
        const writers = Array.from({ length: WRITERS }, async () => {
          while (!isCut.signal.aborted) {
            const next = asked.pop()
            if (next === undefined) throw new Error('the writers ran out of room')
            try {
              const reply = await send(
                'POST',
                '/v1/betaAppClipInvocations',
                invocationBody(next.bundle, next.url, { 'en-US': 'A', ja: 'B' }),
              )
              if (reply.status === 201) acknowledged.add(reply.body.data.id)
            } catch {
              // The connection went down with the service: this one was never acknowledged.
              return
            }
            if (acknowledged.size >= goal) cut.resolve()
          }
        })
        await cut.promise
        service.process.kill('SIGKILL')
        await service.ended
        isCut.abort()
        await Promise.all(writers)
        service = await serve(t, dataDir, options)
      }

      const send = await client(service.greeting)
      const found = new Set<string>()
      for (const bundle of bundles) {
        const { body } = await send(
          'GET',
          `/v1/buildBundles/${bundle}/betaAppClipInvocations?include=betaAppClipInvocationLocalizations`,
        )
        for (const { id, relationships } of body.data) {
          found.add(id)
          assert.equal(relationships.betaAppClipInvocationLocalizations.meta.paging.total, 2, `${id} is half made`)
        }
      }
      assert.ok(acknowledged.size >= ROUNDS * ACKNOWLEDGED_PER_ROUND)
      assert.deepEqual(
        [...acknowledged].filter((id) => !found.has(id)),
        [],
      )
      const { code } = await service.stop()
      assert.equal(code, 0)
    })
  })
}
