import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test, type TestContext } from 'node:test'
import { mayGiveId, nestedIn, rootResources, type Resource } from '@clipflight/contract'
import { openYaml } from '@clipflight/yaml-text'
import { parse } from 'yaml'
import { BUILT_IN_SEEDS } from '../../packages/server/src/seed/built-in.ts'
import { freshDirectory, serve, type Serving } from '../serve/run-clipflight.ts'
import { startChangingGateway, withoutInvocations } from '../support/changing-gateway.ts'
import { startGateway } from '../support/gateway.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild } from '../support/teams.ts'
import { makeUser, ORDERS, type User } from './command-line.ts'
import { makeProject } from './project.ts'

const [EXIT_FAILED, EXIT_USAGE, EXIT_NOT_FOUND] = [1, 2, 4]

const APP = 'com.example.coffee'

/** The demo, with what it has none of: names that tell whose it is, and every member that an item may have. */
const SEED = BUILT_IN_SEEDS.demo
  .replaceAll('coffee.example.com', 'coffee.acme.test')
  .replace(
    'fileName: ExampleCoffeeClip.app',
    'fileName: ExampleCoffeeClip.app\n                    deviceProtocols: [com.acme.cup]',
  )
  .replace(
    'appClipDomainCacheStatus:',
    `dSYMUrl: http://symbols.acme.test/x.zip?accessKey=acme
                    appClipDomainDebugStatus:
                      domains: [{ domain: debug.acme.test, isValid: false, errorCode: DNS_ERROR }]
                    appClipDomainCacheStatus:`,
  )

interface Planted {
  readonly user: User
  readonly dataDir: string
  readonly serving: Serving
}

/** A real service that was planted with a seed, and a user of it. */
async function plant(context: TestContext, text: string): Promise<Planted> {
  const user = await makeUser(context)
  const file = join(user.folder, 'seed.yaml')
  await writeFile(file, text)
  const dataDir = await freshDirectory(context)
  return { user, dataDir, serving: await serve(context, dataDir, ['--seed', file]) }
}

async function pull({ user, dataDir }: Planted, ...more: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await user.run(['pull', '--data-dir', dataDir, '--builds', '200', ...more])
  assert.equal(code, 0, stderr)
  assert.equal(stderr, '')
  return stdout
}

function appIn(text: string): Readonly<Record<string, unknown>> {
  const yaml = openYaml(text)
  // oxlint-disable-next-line typescript/no-explicit-any -- a file of any form
  const file: any = yaml.readValue(yaml.root)
  return file.teams[0].apps[0]
}

/** The first item under each relationship, and what of the format is nowhere in the file. */
function missingUnder(
  resource: Resource,
  items: readonly Readonly<Record<string, unknown>>[],
  above: string[],
): string[] {
  return nestedIn(resource, new Set(above)).flatMap(({ name, target, shape }) => {
    const below = items.flatMap((item) => [item[name] ?? []].flat())
    if (below.length === 0) return [`${resource.type}.${name}`]
    const around = shape.is === 'column' ? [] : [...above, resource.type]
    return shape.is === 'references' ? [] : missingUnder(target, below as Readonly<Record<string, unknown>>[], around)
  })
}

describe('pull', () => {
  test('writes a seed that plants to a service which is pulled to the same seed', async (context) => {
    const first = await plant(context, SEED)

    const text = await pull(first, '--app', APP)
    const second = await plant(context, text)

    assert.equal(await pull(second, '--app', APP), text)
    const services = ['--data-dir', first.dataDir, '--with-data-dir', second.dataDir]
    const diff = await first.user.run(['diff', ...services, '--app', APP, '--detailed-exitcode'])
    assert.equal(diff.code, 0, diff.stdout)
  })

  test('reads a bundle of which the service has nothing but 404s', async (context) => {
    const { user, serving, dataDir } = await plant(context, SEED)
    const url = await startChangingGateway(context, serving.greeting.url, withoutInvocations)

    const { code, stdout, stderr } = await user.run(['pull', '--data-dir', dataDir, '--base-url', url, '--app', APP])

    assert.equal(code, 0, stderr)
    assert.match(stdout, /bundleType: APP_CLIP/)
    assert.doesNotMatch(stdout, /betaAppClipInvocations|buildBundleFileSizes|appClipDomain/)
  })

  test('reads everything that a seed file can hold around an app', async (context) => {
    const text = await pull(await plant(context, SEED), '--app', APP)

    const [apps] = rootResources
    assert.ok(apps !== undefined)
    // A group's builds are said at the builds.
    assert.deepEqual(missingUnder(apps, [appIn(text)], []), ['betaGroups.builds'])
    assert.ok(mayGiveId(apps) && typeof appIn(text)['id'] === 'string')
  })

  test('prints a seed that gives no orders to a terminal or a runner, as an export does, and holds the same', async (context) => {
    const planted = await plant(
      context,
      SEED.replace(/whatsNew: [^}]*/, String.raw`whatsNew: "New\n::error::\x9b2J\u202e" `),
    )
    const { user, dataDir } = planted

    for (const [words, file] of [
      [['pull', '--data-dir', dataDir, '--app', APP], '--file'],
      [['sandbox', 'export', '--data-dir', dataDir], '--out'],
    ] as const) {
      const { stdout, stderr } = await user.run(words)
      await user.run([...words, file, 'seed.yaml', '--force'])

      assert.match(stdout, /New/, stderr)
      assert.doesNotMatch(stdout, ORDERS)
      assert.deepEqual(parse(stdout), parse(await readFile(join(user.folder, 'seed.yaml'), 'utf8')))
    }
  })

  test('leaves nothing of the original when it is told to anonymise, and the same twice', async (context) => {
    const planted = await plant(context, SEED)
    const text = await pull(planted, '--app', APP)
    const disguised = await pull(planted, '--app', APP, '--anonymise')

    const ids = text.match(/[\da-f]{8}-[\da-f]{4}-7[\da-f-]{17,}|"\d{10}"/g) ?? []
    assert.ok(ids.length > 20)
    for (const id of new Set(ids)) assert.ok(!disguised.includes(id), id)
    const words = SEED.match(/(?:name|bundleId|fileName|title|whatsNew|sku|publicLinkId):? [^,}\n]+/g) ?? []
    const texts = words.map((word) =>
      word
        .replace(/^\w+:? /, '')
        .trim()
        .replaceAll(/^'|'$/g, ''),
    )
    assert.ok(texts.length > 10)
    for (const each of texts) assert.ok(!disguised.includes(each), each)
    assert.doesNotMatch(disguised, /acme|coffee|9XJ5QK2L7M|accessKey|order|loyalty/i)
    assert.equal(await pull(planted, '--app', APP, '--anonymise'), disguised)
  })

  test('writes an anonymised seed that can be planted, with the same things in the same places', async (context) => {
    const planted = await plant(context, SEED)
    const disguised = await pull(planted, '--app', APP, '--anonymise')

    const other = await plant(context, disguised)
    const bundleId = String(appIn(disguised)['bundleId'])

    assert.match(bundleId, /^com\.example\./)
    assert.match(disguised, new RegExp(`bundleId: ${bundleId}\\.\\w+\\n`))
    // What stands in place of names stays there when it is pulled once more, in the same order.
    assert.equal(await pull(other, '--app', bundleId), disguised)
  })

  test('asks four requests for the app, one more for each bundle, and three more for each App Clip', async (context) => {
    const planted = await plant(context, SEED)
    const gateway = await startGateway(context, planted.serving.greeting.url)

    const connection = ['--data-dir', planted.dataDir, '--base-url', gateway.url]
    const run = await planted.user.run(['pull', ...connection, '--app', APP, '--builds', '1'])

    assert.equal(run.code, 0, run.stderr)
    assert.equal(gateway.requests.length, 4 + 2 + 3)
    assert.equal(run.stdout.match(/buildBetaDetail:/g)?.length, 1)
  })

  test('takes a member that a service writes as null for one that is not there', async (context) => {
    const planted = await plant(context, SEED)
    const url = await startChangingGateway(context, planted.serving.greeting.url, ({ body }) => ({
      body: body.replaceAll(/"isValid" ?: ?true/g, '$&, "errorCode": null'),
    }))

    assert.equal(await pull(planted, '--app', APP, '--base-url', url), await pull(planted, '--app', APP))
  })

  describe('of a service that is not as it should be', () => {
    let server: TestServer
    before(async () => {
      server = await startServer('sqlite')
    })
    after(() => server.close())

    test('leaves out what cannot be planted, and says so', async (context) => {
      const odd = await startChangingGateway(context, server.url, ({ body }) => ({
        body: body.replace('https://example.com/odd', 'http://example.com/odd').replaceAll('"VALID"', '"RESTING"'),
      }))
      const project = await makeProject(context, server, { url: odd })
      await project.give('https://example.com/odd')
      await project.give('https://example.com/even')

      const { code, stdout, stderr } = await project.run(['pull', '--app', project.bundleId])

      assert.equal(code, 0, stderr)
      assert.match(stderr, /Left out: a 'url' of 'betaAppClipInvocations' that Clipflight does not take/)
      assert.match(stderr, /Left out: a 'processingState' of 'builds'/)
      assert.match(stdout, /example\.com\/even/)
      assert.doesNotMatch(stdout, /example\.com\/odd|RESTING/)
      await plant(context, stdout)
    })

    test('takes the newest builds, at most as many as are asked for', async (context) => {
      const project = await makeProject(context, server, { number: '1' })
      const { app, version } = project.build
      for (const number of ['2', '3', '4', '5'])
        await makeBuild(server.storage, server.team.number, { app, version, number })

      const usual = await project.run(['pull', '--app', project.bundleId])
      const one = await project.run(['pull', '--app', project.bundleId, '--builds', '1'])

      assert.equal(usual.stdout.match(/buildBetaDetail:/g)?.length, 3)
      assert.equal(one.stdout.match(/buildBetaDetail:/g)?.length, 1)
    })

    test('overwrites no file, and refuses numbers and apps that there are not', async (context) => {
      const gateway = await startGateway(context, server.url)
      const project = await makeProject(context, server, { url: gateway.url })
      await project.writeText('mine', 'seed.yaml')
      const args = ['pull', '--app', project.bundleId]

      const there = await project.run([...args, '--file', 'seed.yaml'])
      const asked = gateway.requests.length
      const forced = await project.run([...args, '--file', 'seed.yaml', '--force'])

      assert.equal(there.code, EXIT_FAILED)
      assert.equal(asked, 0)
      assert.equal(forced.code, 0, forced.stderr)
      // The usual data directory may hold something already, and a seed is planted in none that does.
      assert.match(forced.stderr, /clipflight serve --seed seed\.yaml --data-dir seed-data$/m)
      assert.match(await project.readText('seed.yaml'), /^teams:/)
      for (const number of ['0', '201', '1.5', 'all'])
        assert.equal((await project.run([...args, '--builds', number])).code, EXIT_USAGE, number)
      assert.equal((await project.run(['pull', '--app', 'com.example.none'])).code, EXIT_NOT_FOUND)
      assert.equal((await project.run(['pull'])).code, EXIT_USAGE)
    })
  })
})
