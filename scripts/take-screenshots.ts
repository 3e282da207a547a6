/**
 * Takes the pictures of docs/img anew: the pages as somebody sees them who has just started the demo. Needs what
 * `npm run build` makes.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { createClient, type Client } from '@clipflight/client'
import { createControlClient } from '@clipflight/control'
import { chromium, devices, type Browser, type BrowserContextOptions } from 'playwright-core'
import { findChromium } from '../tests/console/chromium.ts'

const IMAGES = resolve(import.meta.dirname, '../docs/img')
const COMMAND = resolve(import.meta.dirname, '../packages/cli/dist/main.js')

const DESKTOP: BrowserContextOptions = { viewport: { width: 1200, height: 750 } }
const PHONE: BrowserContextOptions = { ...devices['iPhone 15'] }

interface Picture {
  readonly name: string
  readonly path: string
  readonly look: BrowserContextOptions
  /** Taken when this shows. */
  readonly shows: string | RegExp
}

const found = findChromium()
if (found === undefined) throw new Error('Name a Chromium in CLIPFLIGHT_TEST_CHROMIUM.')

const dataDir = mkdtempSync(join(tmpdir(), 'clipflight-pictures-'))
const service = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', '--output', 'json', '--data-dir', dataDir], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const [line] = await once(createInterface({ input: service.stdout }), 'line')
  const { url, keyId, issuerId, privateKeyPath } = JSON.parse(String(line)) as Record<string, string>
  const { adminToken } = JSON.parse(readFileSync(join(dataDir, 'credentials.json'), 'utf8')) as { adminToken: string }
  if (url === undefined || keyId === undefined || issuerId === undefined || privateKeyPath === undefined) {
    throw new Error('The service did not say where it is.')
  }
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--no-sandbox', '--font-render-hinting=none'],
    ...(found.libraries === undefined ? {} : { env: { ...process.env, LD_LIBRARY_PATH: found.libraries } }),
  })
  await takeAll(browser, { url, keyId, issuerId, privateKey: readFileSync(privateKeyPath, 'utf8'), adminToken })
  await browser.close()
} finally {
  service.kill()
  await once(service, 'close')
  rmSync(dataDir, { recursive: true })
}

interface Demo {
  readonly url: string
  readonly keyId: string
  readonly issuerId: string
  readonly privateKey: string
  readonly adminToken: string
}

/** Something to see: requests that went well and not, and a build that differs from the one before. */
async function tellStory(client: Client, build: { readonly id: string }): Promise<void> {
  const { buildBundles } = await client.builds.get(build.id, { include: ['buildBundles'] })
  const clip = buildBundles.find(({ bundleType }) => bundleType === 'APP_CLIP')
  if (clip === undefined) throw new Error('The demo has no App Clip.')
  const invocations = client.buildBundles.betaAppClipInvocations(clip.id, {
    include: ['betaAppClipInvocationLocalizations'],
  })
  const { items } = await invocations.page()
  const [first] = items
  if (first === undefined) throw new Error('The demo has no invocations.')
  await client.betaAppClipInvocations.update(first.id, { url: 'https://coffee.example.com/order?shop=14' })
  await client.betaAppClipInvocations.get('gone').catch(() => undefined)
  await client.betaAppClipInvocations
    .create({ url: 'coffee.example.com', buildBundle: clip.id, titles: { 'en-US': 'Order' } })
    .catch(() => undefined)
  await client.apps.list({ limit: 10 }).page()
  await client.betaGroups.list({ limit: 10 }).page()
  const title = first.localizations.find(({ locale }) => locale === 'ja')
  if (title !== undefined) await client.betaAppClipInvocationLocalizations.delete(title.id)
}

async function takeAll(browser: Browser, { url, adminToken, ...key }: Demo): Promise<void> {
  mkdirSync(IMAGES, { recursive: true })
  const control = createControlClient({ url, adminToken })
  const client = createClient({ ...key, baseUrl: url })
  const [team] = (await control.listTeams()).teams
  const builds = await client.builds.list({ sort: ['-uploadedDate'], include: ['app'], limit: 2 }).page()
  const [newest, before] = builds.items
  if (team === undefined || newest === undefined || before === undefined) throw new Error('The demo has no builds.')
  await tellStory(client, newest)
  const build = `/console/teams/${team.team}/builds/${newest.id}`
  const sandbox = `/console/teams/${team.team}/sandbox`
  const link = await control.createTesterLink({ team: team.team, build: newest.id })
  const pictures: readonly Picture[] = [
    { name: 'build', path: build, look: DESKTOP, shows: 'Add invocation' },
    {
      name: 'build-dark',
      path: build,
      look: { ...DESKTOP, colorScheme: 'dark' },
      shows: 'Add invocation',
    },
    { name: 'tester', path: link.path, look: PHONE, shows: 'Example Coffee' },
    { name: 'compare', path: `${build}/compare?with=${before.id}`, look: DESKTOP, shows: 'Example Coffee' },
    { name: 'sheet', path: `${build}/sheet`, look: DESKTOP, shows: 'Example Coffee' },
    { name: 'log', path: `${sandbox}/log`, look: DESKTOP, shows: '/v1/builds' },
    { name: 'faults', path: `${sandbox}/faults`, look: DESKTOP, shows: 'random-401' },
  ]
  for (const { name, path, look, shows } of pictures) {
    const context = await browser.newContext({ ...look, locale: 'en', reducedMotion: 'reduce' })
    await context.request.post(`${url}/_clipflight/session`, { data: { token: adminToken } })
    const page = await context.newPage()
    await page.goto(`${url}${path}`)
    await page.getByText(shows).first().waitFor()
    await page.waitForFunction(() => document.querySelector('.skeleton') === null)
    await page.screenshot({ path: join(IMAGES, `${name}.png`) })
    process.stdout.write(`docs/img/${name}.png\n`)
    await context.close()
  }
}
