import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { resources } from '@clipflight/contract'
import { databases } from '../databases.ts'
import { localizationBody } from '../support/invocations.ts'
import { doors, startServer, type Reply, type TestServer } from '../support/server.ts'
import { makeBuild, plant, tokenOf } from '../support/teams.ts'

/** What `pilot distribute` sends, request by request (evidence 6.1): its headers, its encoding, its bodies. */
async function pilot(server: TestServer) {
  // fastlane dates tokens back by a minute and lets them live for 500 seconds.
  const now = Math.floor(Date.now() / 1000)
  const token = await tokenOf(server.key, { iat: now - 60, exp: now + 500 })
  const headers = { 'user-agent': 'Spaceship 2.233.1', 'content-type': 'application/json' }
  const send = (method: string, path: string, body?: unknown): Promise<Reply> =>
    server.send(method, path, { token, headers, body })

  /** Every page, by the URL that `links.next` gives. */
  async function getAll(path: string): Promise<Reply['body'][]> {
    const pages = []
    let next: string | undefined = path
    while (next !== undefined) {
      const { status, body } = await send('GET', next)
      assert.equal(status, 200, JSON.stringify(body))
      pages.push(body)
      // Spaceship asks for it as it is given.
      if (body.links.next !== undefined) assert.ok(body.links.next.startsWith(`${server.url}/`))
      next = body.links.next?.slice(server.url.length)
    }
    return pages
  }

  return { send, getAll }
}

type Wanted = readonly { readonly url: string; readonly title: Readonly<Record<string, string>> }[]

/** Step 5 of evidence 6.1, as pilot's build manager goes through it. */
async function updateAppClipInvocations(
  server: TestServer,
  bundle: string,
  wanted: Wanted,
  overwrite: boolean,
): Promise<void> {
  const { send, getAll } = await pilot(server)
  const pages = await getAll(
    `/v1/buildBundles/${bundle}/betaAppClipInvocations?include=betaAppClipInvocationLocalizations`,
  )
  let existing = pages.flatMap(({ data }) => data)
  const included = pages.flatMap((page) => page.included)
  if (overwrite) {
    for (const { id } of existing) assert.equal((await send('DELETE', `/v1/betaAppClipInvocations/${id}`)).status, 204)
    existing = []
  }
  for (const { url, title } of wanted) {
    const invocation = existing.find(({ attributes }) => attributes.url === url)
    if (invocation === undefined) {
      const localId = (locale: string): string => `\${beta-app-clip-localized-invocation-${locale}}`
      const { status, body } = await send('POST', '/v1/betaAppClipInvocations', {
        data: {
          type: 'betaAppClipInvocations',
          attributes: { url },
          relationships: {
            betaAppClipInvocationLocalizations: {
              data: Object.keys(title).map((locale) => ({
                type: 'betaAppClipInvocationLocalizations',
                id: localId(locale),
              })),
            },
            buildBundle: { data: { type: 'buildBundles', id: bundle } },
          },
        },
        included: Object.entries(title).map(([locale, text]) => ({
          type: 'betaAppClipInvocationLocalizations',
          id: localId(locale),
          attributes: { locale, title: text },
        })),
      })
      assert.equal(status, 201, JSON.stringify(body))
      continue
    }
    // Spaceship calls `find` on this list: it crashes when the relationship has no data.
    const linked = invocation.relationships.betaAppClipInvocationLocalizations.data.map(({ id }: { id: string }) =>
      included.find((one) => one.id === id),
    )
    for (const [locale, text] of Object.entries(title)) {
      const localization = linked.find((one: { attributes: { locale: string } }) => one.attributes.locale === locale)
      if (localization === undefined) {
        const { status } = await send(
          'POST',
          '/v1/betaAppClipInvocationLocalizations',
          localizationBody(invocation.id, locale, text),
        )
        assert.equal(status, 201)
      } else if (localization.attributes.title !== text) {
        const { status, body } = await send('PATCH', `/v1/betaAppClipInvocationLocalizations/${localization.id}`, {
          data: { type: 'betaAppClipInvocationLocalizations', id: localization.id, attributes: { title: text } },
        })
        assert.equal(status, 200)
        assert.ok(body.data)
      }
    }
  }
}

for (const [database, door] of databases.flatMap((each) => doors.map((door) => [each, door] as const))) {
  describe(`fastlane pilot on ${database}, by the ${door}`, () => {
    it('finds the build, creates, updates, carries on with a new build, and overwrites', async (t) => {
      const server = await startServer(database, { door })
      t.after(() => server.close())
      const { send, getAll } = await pilot(server)
      const first = await makeBuild(server.storage, server.team.number, {
        bundleId: 'com.example.coffee',
        number: '42',
      })
      await makeBuild(server.storage, server.team.number, { bundleId: 'com.example.coffee.beans' })
      const group = await server.storage.write((transaction) =>
        plant(transaction, server.team.number, resources.betaGroups, { name: 'QA' }, { app: first.app }),
      )

      // 1 and 2: the app by its exact bundle id, then the build.
      const apps = (await getAll('/v1/apps?filter%5BbundleId%5D=com.example.coffee&include=appStoreVersions')).flatMap(
        ({ data }) => data,
      )
      const app = apps.find(({ attributes }) => attributes.bundleId === 'com.example.coffee')
      assert.equal(app.id, first.app)
      const buildsUrl = (version: string): string =>
        `/v1/builds?filter%5Bapp%5D=${app.id}&filter%5BpreReleaseVersion.version%5D=1.4&filter%5BprocessingState%5D=PROCESSING%2CFAILED%2CINVALID%2CVALID` +
        `&filter%5Bversion%5D=${version}&include=app%2CbuildBetaDetail%2CpreReleaseVersion%2CbuildBundles&limit=5&sort=-uploadedDate`
      const [found] = await getAll(buildsUrl('42'))
      const build = found.data[0]
      for (const name of ['app', 'buildBetaDetail', 'preReleaseVersion']) assert.ok(build.relationships[name].data)
      const bundles = build.relationships.buildBundles.data.map(({ id }: { id: string }) =>
        found.included.find((one: { id: string }) => one.id === id),
      )
      const clip = bundles.find(
        (one: { attributes: { bundleType: string } }) => one.attributes.bundleType === 'APP_CLIP',
      )
      assert.equal(clip.id, first.clipBundle)

      // 5: create, then update, then nothing to do.
      await updateAppClipInvocations(
        server,
        clip.id,
        [{ url: 'https://example.com/menu', title: { 'en-US': 'Menu' } }],
        false,
      )
      await updateAppClipInvocations(
        server,
        clip.id,
        [
          { url: 'https://example.com/menu', title: { 'en-US': 'Our menu', 'de-DE': 'Speisekarte' } },
          { url: 'https://example.com/order', title: { 'en-US': 'Order', ja: '注文' } },
        ],
        false,
      )
      assert.deepEqual(await titlesByUrl(server, clip.id), {
        'https://example.com/menu': { 'en-US': 'Our menu', 'de-DE': 'Speisekarte' },
        'https://example.com/order': { 'en-US': 'Order', ja: '注文' },
      })

      // 4 and 6: what to test, export compliance, groups, review.
      const notes = await send('POST', '/v1/betaBuildLocalizations', {
        data: {
          type: 'betaBuildLocalizations',
          attributes: { locale: 'en-US', whatsNew: 'The new menu' },
          relationships: { build: { data: { type: 'builds', id: build.id } } },
        },
      })
      assert.equal(notes.status, 201)
      assert.equal(
        (await getAll(`/v1/betaBuildLocalizations?filter%5Bbuild%5D=${build.id}`)).flatMap(({ data }) => data).length,
        1,
      )
      const compliance = await send('PATCH', `/v1/builds/${build.id}`, {
        data: { type: 'builds', id: build.id, attributes: { usesNonExemptEncryption: false } },
      })
      assert.equal(compliance.body.data.attributes.usesNonExemptEncryption, false)
      const notify = await send('PATCH', `/v1/buildBetaDetails/${build.id}`, {
        data: { type: 'buildBetaDetails', id: build.id, attributes: { autoNotifyEnabled: false } },
      })
      assert.equal(notify.body.data.attributes.autoNotifyEnabled, false)
      const groups = (await getAll(`/v1/betaGroups?filter%5Bapp%5D=${app.id}`)).flatMap(({ data }) => data)
      assert.deepEqual(
        groups.map(({ id }) => id),
        [group],
      )
      const added = await send('POST', `/v1/builds/${build.id}/relationships/betaGroups`, {
        data: [{ type: 'betaGroups', id: group }],
      })
      assert.equal(added.status, 204)
      const review = await send('POST', '/v1/betaAppReviewSubmissions', {
        data: {
          type: 'betaAppReviewSubmissions',
          relationships: { build: { data: { type: 'builds', id: build.id } } },
        },
      })
      assert.equal(review.status, 201)
      const after = await send(
        'GET',
        `/v1/builds/${build.id}?include=app,buildBetaDetail,preReleaseVersion,buildBundles,betaGroups`,
      )
      assert.equal(
        after.body.included.find((one: { type: string }) => one.type === 'buildBetaDetails').attributes
          .externalBuildState,
        'WAITING_FOR_BETA_REVIEW',
      )
      assert.deepEqual(after.body.data.relationships.betaGroups.data, [{ type: 'betaGroups', id: group }])

      // The next build carries on, and overwrites.
      const second = await makeBuild(server.storage, server.team.number, { ...first, number: '43' })
      await updateAppClipInvocations(
        server,
        second.clipBundle,
        [{ url: 'https://example.com/old', title: { 'en-US': 'Old' } }],
        false,
      )
      await updateAppClipInvocations(
        server,
        second.clipBundle,
        [{ url: 'https://example.com/new', title: { 'en-US': 'New' } }],
        true,
      )
      assert.deepEqual(await titlesByUrl(server, second.clipBundle), { 'https://example.com/new': { 'en-US': 'New' } })
      assert.equal(Object.keys(await titlesByUrl(server, clip.id)).length, 2)
      const [latest] = await getAll(`/v1/builds?filter%5Bapp%5D=${app.id}&limit=5&sort=-uploadedDate`)
      assert.deepEqual(
        latest.data.map(({ attributes }: { attributes: { version: string } }) => attributes.version).sort(),
        ['42', '43'],
      )
    })
  })
}

async function titlesByUrl(server: TestServer, bundle: string): Promise<Record<string, Record<string, string>>> {
  const { body } = await server.send(
    'GET',
    `/v1/buildBundles/${bundle}/betaAppClipInvocations?include=betaAppClipInvocationLocalizations`,
  )
  type Localization = { readonly id: string; readonly attributes: { readonly locale: string; readonly title: string } }
  const included: readonly Localization[] = body.included
  type Invocation = {
    readonly attributes: { readonly url: string }
    readonly relationships: {
      readonly betaAppClipInvocationLocalizations: { readonly data: readonly { readonly id: string }[] }
    }
  }
  return Object.fromEntries(
    body.data.map(({ attributes, relationships }: Invocation) => [
      attributes.url,
      Object.fromEntries(
        relationships.betaAppClipInvocationLocalizations.data
          .map(({ id }) => included.find((one) => one.id === id))
          .filter((one) => one !== undefined)
          .map((one) => [one.attributes.locale, one.attributes.title]),
      ),
    ]),
  )
}
