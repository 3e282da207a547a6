import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createClient } from '@clipflight/client'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { findChromium } from '../tests/console/chromium.ts'
import { clientHeaders, serve, type Clipflight } from './clipflight.ts'
import { atLeast, atMost, count, kilobytes, type Group, type Table } from './findings.ts'
import type { Plan } from './options.ts'
import { median, say } from './rounds.ts'

const USABLE_MILLISECONDS = 300
const FRAMES_A_SECOND = 50
const SCRIPT_KILOBYTES = 150
const LOCALES_OF_GRID = 40
/** Teams are counted from 1, and a new service has one. */
const FIRST_TEAM = 1
const REQUESTS_IN_LOG = 10_000
const SCROLLING_MILLISECONDS = 5000
const TYPED = 'The quick brown fox jumps over the lazy dog. '.repeat(5)
/** As fast as the fastest of typists. */
const BETWEEN_KEYS_MILLISECONDS = 50

const SCHEMA = join(import.meta.dirname, '../docs/clipflight.schema.json')

interface Ground {
  readonly server: Clipflight
  readonly adminToken: string
  readonly team: number
  /** Has three invocations in forty locales. */
  readonly build: string
}

/** The console in a real browser: how soon a build can be worked on, and whether frames are kept while one does. */
export async function measureConsole(directory: string, plan: Plan): Promise<Group> {
  const found = findChromium()
  if (found === undefined) {
    return {
      parts: [],
      howMeasured: [],
      caveats: ['The console was not measured: there is no Chromium for this system.'],
    }
  }
  say('Console:')
  await using server = await serve(mkdtempSync(join(directory, 'console-')), ['--seed', 'demo'])
  const ground = await prepare(server)
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--no-sandbox'],
    ...(found.libraries === undefined ? {} : { env: { ...process.env, LD_LIBRARY_PATH: found.libraries } }),
  })
  try {
    const openings = []
    for (let run = 0; run < plan.starts; run += 1) openings.push(await openBuild(browser, ground))
    const usable = median(openings.map(({ milliseconds }) => milliseconds))
    const script = Math.max(...openings.map(({ scriptBytes }) => scriptBytes))
    const typing = await typeInGrid(browser, ground)
    const scrolling = await scrollLog(browser, ground)
    const rows: [string, Frames][] = [
      [`typing in a grid of 3 by ${LOCALES_OF_GRID}`, typing],
      [`scrolling through ${count(REQUESTS_IN_LOG)} requests`, scrolling],
    ]
    const table: Table = {
      title: 'Frames of the console',
      head: ['', 'Frames a second', 'in the worst second', 'longest frame ms'],
      rows: rows.map(([what, { mean, worst, longest }]) => [
        what,
        mean.toFixed(1),
        worst.toFixed(0),
        longest.toFixed(0),
      ]),
    }
    return {
      parts: [
        {
          findings: [
            atMost('Console: the build page can be used, after the first byte', usable, USABLE_MILLISECONDS, 'ms'),
            atMost('Console: script of the first load, gzipped', kilobytes(script), SCRIPT_KILOBYTES, 'kB', 1),
            ...rows.map(([what, { worst }]) =>
              atLeast(`Console: frames in the worst second, ${what}`, worst, FRAMES_A_SECOND),
            ),
          ],
          tables: [table],
        },
      ],
      howMeasured: [
        `The console runs in ${browser.version()} of Chromium without a screen, which draws by processor, beside the service. Each opening has an empty cache and ends when the button to add an invocation is there; ${plan.starts} openings, the median. Keys come every ${BETWEEN_KEYS_MILLISECONDS} ms; the log moves by 40 pixels with every frame.`,
      ],
      caveats: [
        'Frames are those of a browser that shares its cores with the service and draws without a graphics card: a floor for what people see.',
      ],
    }
  } finally {
    await browser.close()
  }
}

/** The service of the console has the demo, which is what the command starts with. */
async function prepare(server: Clipflight): Promise<Ground> {
  const { adminToken } = JSON.parse(readFileSync(join(server.privateKeyPath, '../credentials.json'), 'utf8')) as {
    adminToken: string
  }
  const { url, keyId, issuerId, privateKeyPath } = server
  const client = createClient({ keyId, issuerId, privateKey: readFileSync(privateKeyPath, 'utf8'), baseUrl: url })
  const { items } = await client.builds.list({ sort: ['-uploadedDate'], include: ['buildBundles'], limit: 1 }).page()
  const [build] = items
  const bundle = build?.buildBundles.find(({ bundleType }) => bundleType === 'APP_CLIP')
  if (build === undefined || bundle === undefined) throw new Error('The demo has no App Clip.')
  const locales = readLocales().slice(0, LOCALES_OF_GRID)
  const titles = Object.fromEntries(locales.map((locale) => [locale, `Order in ${locale}`]))
  for await (const { id } of client.buildBundles.betaAppClipInvocations(bundle.id)) {
    await client.betaAppClipInvocations.delete(id)
  }
  for (const page of ['menu', 'order', 'loyalty']) {
    const url = `https://coffee.example.com/${page}`
    await client.betaAppClipInvocations.create({ url, buildBundle: bundle.id, titles })
  }
  return { server, adminToken, team: FIRST_TEAM, build: build.id }
}

/** Those of the schema of `clipflight.yaml`: the contract itself is inside of what is installed here. */
function readLocales(): readonly string[] {
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as { $defs: { titles: { properties: object } } }
  return Object.keys(schema.$defs.titles.properties)
}

async function enter(browser: Browser, { server, adminToken }: Ground): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en' })
  const answer = await context.request.post(`${server.url}/_clipflight/session`, { data: { token: adminToken } })
  if (!answer.ok()) throw new Error(`Signing in was answered with ${answer.status()}.`)
  return context
}

const buildPath = ({ server, team, build }: Ground): string => `${server.url}/console/teams/${team}/builds/${build}`

/** From the first byte to the button, and what scripts weigh until then. */
async function openBuild(browser: Browser, ground: Ground): Promise<{ milliseconds: number; scriptBytes: number }> {
  const context = await enter(browser, ground)
  const page = await context.newPage()
  const scripts: Promise<number>[] = []
  page.on('response', (answer) => {
    if (answer.request().resourceType() === 'script') scripts.push(answer.body().then((body) => gzipSync(body).length))
  })
  await page.addInitScript(() => {
    const look = (): void => {
      const isThere = [...document.querySelectorAll('button')].some(
        ({ textContent }) => textContent === 'Add invocation',
      )
      if (isThere) Object.assign(globalThis, { usableAt: performance.now() })
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.goto(buildPath(ground))
  await page.waitForFunction(() => 'usableAt' in globalThis)
  const milliseconds = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation')
    return Number(Reflect.get(globalThis, 'usableAt')) - Number(navigation && Reflect.get(navigation, 'responseStart'))
  })
  const weights = await Promise.all(scripts)
  await context.close()
  return { milliseconds, scriptBytes: weights.reduce((sum, weight) => sum + weight, 0) }
}

interface Frames {
  readonly mean: number
  readonly worst: number
  readonly longest: number
}

/** Counts the frames of a page while something is done to it. */
async function countFrames(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const frames: number[] = []
    Object.assign(globalThis, { framesSeen: frames })
    const step = (at: number): void => {
      frames.push(at)
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  })
  await work()
  const frames = await page.evaluate(() => [...(Reflect.get(globalThis, 'framesSeen') as number[])])
  const gaps = frames.slice(1).map((frame, index) => frame - (frames[index] ?? frame))
  const [first = 0, last = 0] = [frames[0], frames.at(-1)]
  const inSecondsFrom = frames
    .filter((frame) => frame + 1000 <= last)
    .map((from) => frames.filter((frame) => frame >= from && frame < from + 1000).length)
  return {
    mean: ((frames.length - 1) * 1000) / (last - first),
    worst: Math.min(...inSecondsFrom),
    longest: Math.max(...gaps),
  }
}

async function typeInGrid(browser: Browser, ground: Ground): Promise<Frames> {
  const context = await enter(browser, ground)
  const page = await context.newPage()
  await page.goto(buildPath(ground))
  const title = page
    .getByRole('table')
    .getByRole('textbox')
    .nth(LOCALES_OF_GRID + 20)
  await title.click()
  const frames = await countFrames(page, () => page.keyboard.type(TYPED, { delay: BETWEEN_KEYS_MILLISECONDS }))
  await context.close()
  return frames
}

async function scrollLog(browser: Browser, ground: Ground): Promise<Frames> {
  const { server, team } = ground
  const context = await enter(browser, ground)
  const page = await context.newPage()
  await page.goto(`${server.url}/console/teams/${team}/sandbox/log`)
  await page.getByText('Live').waitFor()
  const headers = clientHeaders(server)
  for (let sent = 0; sent < REQUESTS_IN_LOG; sent += 20) {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        fetch(`${server.url}/v1/builds?limit=1`, { headers }).then((answer) => answer.text()),
      ),
    )
  }
  await page.getByText(`${count(REQUESTS_IN_LOG)} requests`).waitFor()
  const frames = await countFrames(page, () =>
    page.evaluate(async (milliseconds) => {
      const list = [...document.querySelectorAll('*')].find(({ scrollHeight }) => scrollHeight > 100_000)
      if (list === undefined) throw new Error('Nothing is long enough to be the log.')
      const ends = performance.now() + milliseconds
      await new Promise<void>((resolve) => {
        const step = (): void => {
          list.scrollTop -= 40
          if (performance.now() < ends) requestAnimationFrame(step)
          else resolve()
        }
        requestAnimationFrame(step)
      })
    }, SCROLLING_MILLISECONDS),
  )
  await context.close()
  return frames
}
