import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { serve } from '../serve/run-clipflight.ts'
import { makeUser } from './command-line.ts'

const SEED = `teams:
  - name: Bakery
    apps:
      - name: Bakery
        bundleId: com.example.bakery
        preReleaseVersions:
          - version: '2.0'
            builds:
              - version: '7'
                uploadedDate: -P3D
                buildBundles:
                  - bundleId: com.example.bakery.Clip
                    bundleType: APP_CLIP
                    betaAppClipInvocations:
                      - url: https://bakery.example.com/order
                        betaAppClipInvocationLocalizations:
                          - { locale: en-US, title: Order bread }
                          - { locale: de-DE, title: Brot bestellen }
              - version: '8'
                uploadedDate: -P1D
                buildBundles: [{ bundleId: com.example.bakery.Clip, bundleType: APP_CLIP }]
`

test('the invocations of an app are kept in a file: serve, init, plan, apply, edit, copy, export, delete', async (context) => {
  const user = await makeUser(context)
  const path = join(user.folder, 'clipflight.yaml')
  await writeFile(join(user.folder, 'seed.yaml'), SEED)
  const service = await serve(context, join(user.folder, '.clipflight'), ['--seed', join(user.folder, 'seed.yaml')])
  /** Runs a verb that is to succeed, against the service of this folder. */
  async function run(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await user.run([...args, '--local'])
    assert.equal(code, 0, stderr)
    return stdout
  }
  const app = ['--app', 'com.example.bakery']

  await run('init', ...app, '--build', '7')
  assert.match(await run('plan', '--build', '7'), /= https:\/\/bakery\.example\.com\/order\n\nNo changes\.\n$/)

  await edit((text) => text.replace('/order', '/order?shop=12').replace('Order bread', 'Order fresh bread'))
  assert.match(await run('plan', '--build', '7', '--prune', '--out', 'plan.json'), /Plan: 0 to create, 2 to update/)
  assert.match(await run('apply', 'plan.json'), /Applied: 0 created, 2 updated, 0 deleted\./)
  assert.match(await run('plan', '--build', '7'), /No changes\./)

  await edit((text) => `${text}  - url: https://bakery.example.com/pay?build=\${BUILD}\n    title: { en-US: Pay }\n`)
  assert.match(await run('apply', '--build', '7', '--auto-approve'), /✓ \+ .*\/pay\?build=7\n\nApplied: 1 created/)

  assert.match(await run('copy', ...app, '--from', '7', '--to', '8', '--auto-approve'), /Applied: 2 created/)
  assert.equal(await run('export', ...app, '--build', '8'), await run('export', ...app, '--build', '7'))

  await run('export', ...app, '--build', '8', '--file', 'clipflight.yaml', '--force')
  assert.match(await run('plan'), /build 2\.0 \(8\)[^]*No changes\./)

  await run('invocations', 'delete', 'https://bakery.example.com/pay?build=7', ...app, '--build', '8', '--yes')
  assert.match(await run('plan'), /1 to create, 0 to update, 0 to delete/)
  await edit(() => 'app: com.example.bakery\ninvocations: []\n')
  assert.match(await run('apply', '--prune', '--auto-approve'), /Applied: 0 created, 0 updated, 1 deleted\./)
  assert.deepEqual(JSON.parse(await run('invocations', 'list', ...app, '-o', 'json')), [])
  await service.stop()

  async function edit(change: (text: string) => string): Promise<void> {
    await writeFile(path, change(await readFile(path, 'utf8')))
  }
})
