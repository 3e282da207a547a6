import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, type TestContext } from 'node:test'
import { createClient, type Client } from '@clipflight/client'
import { createControlClient, type ControlClient, type MadeTeam } from '@clipflight/control'
import {
  chromium,
  devices,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core'
import { freshDirectory, serve, type Endings, type Serving } from '../serve/run-clipflight.ts'
import { signFor } from '../support/sign-for.ts'
import { findChromium } from './chromium.ts'

/** A team of its own with the demo seed, and what leads to its newest build. */
export interface StoryTeam {
  readonly team: number
  readonly made: MadeTeam
  /** As its first key. */
  readonly client: Client
  readonly app: string
  readonly build: string
  /** The bundle of the App Clip of the build. */
  readonly bundle: string
}

/** A browser of somebody's own. */
export interface Window {
  readonly page: Page
  readonly context: BrowserContext
}

/** Somebody in front of one. */
export interface Visitor extends StoryTeam, Window {
  /** Goes to an address below `/console`. */
  goTo(path: string): Promise<void>
}

export interface WindowOptions {
  readonly size?: 'desktop' | 'phone'
  /** The page speaks the first two. */
  readonly language?: 'en' | 'de' | 'ar'
  readonly theme?: 'light' | 'dark'
}

export interface Visit extends WindowOptions {
  /** Who signs in before the story begins; an admin unless said. */
  readonly as?: 'admin' | 'key' | 'nobody'
  /** Shares the team of another visitor. */
  readonly with?: StoryTeam
}

/** A service with the console, as it is installed, and a browser: each story has a team and a window of its own. */
export interface ConsoleOfTests {
  readonly url: string
  readonly service: Serving
  readonly control: ControlClient
  readonly adminToken: string
  makeTeam(): Promise<StoryTeam>
  visit(context: TestContext, visit?: Visit): Promise<Visitor>
  /** The same without a team and a session. */
  openWindow(context: TestContext, options?: WindowOptions): Promise<Window>
}

const SIZES: Readonly<Record<NonNullable<Visit['size']>, BrowserContextOptions>> = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: devices['iPhone 15'] ?? {},
}

/** A suite of stories. It is skipped, and says so, where there is no browser. */
export function describeConsole(
  what: string,
  define: (console: () => ConsoleOfTests) => void,
  options: readonly string[] = [],
): void {
  const found = findChromium()
  if (found === undefined) {
    process.stdout.write(
      `SKIPPED: ${what}: name a Chromium in CLIPFLIGHT_TEST_CHROMIUM to have the console tried in it\n`,
    )
  }
  describe(what, { skip: found === undefined }, () => {
    let opened: ConsoleOfTests
    let browser: Browser
    const endings: (() => unknown)[] = []
    const suite: Endings = { after: (ending) => void endings.push(ending) }
    before(async () => {
      const { path, libraries } = found ?? { path: '', libraries: undefined }
      browser = await chromium.launch({
        executablePath: path,
        // No user of a container may make a sandbox, and all it shows comes from this machine.
        args: ['--no-sandbox', '--font-render-hinting=none'],
        ...(libraries === undefined ? {} : { env: { ...environment(), LD_LIBRARY_PATH: libraries } }),
      })
      opened = await openConsole(suite, browser, options)
    })
    after(async () => {
      await browser.close()
      for (const end of endings.toReversed()) await end()
    })
    define(() => opened)
  })
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

async function openConsole(suite: Endings, browser: Browser, options: readonly string[]): Promise<ConsoleOfTests> {
  const service = await serve(suite, await freshDirectory(suite), ['--seed', 'none', ...options])
  const { url, dataDir } = service.greeting
  const { adminToken } = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')) as { adminToken: string }
  const control = createControlClient({ url, adminToken })

  async function makeTeam(): Promise<StoryTeam> {
    const made = await control.createTeam({ seed: 'demo' })
    const [key] = made.keys
    assert(key !== undefined)
    const client = createClient({
      keyId: key.id,
      issuerId: made.issuerId,
      privateKey: key.privateKey,
      baseUrl: url,
    })
    const { items } = await client.builds
      .list({ sort: ['-uploadedDate'], include: ['app', 'buildBundles'], limit: 1 })
      .page()
    const [build] = items
    const bundle = build?.buildBundles.find(({ bundleType }) => bundleType === 'APP_CLIP')
    assert(build !== undefined && bundle !== undefined)
    return { team: made.team, made, client, app: build.app.id, build: build.id, bundle: bundle.id }
  }

  async function signIn(context: BrowserContext, as: 'admin' | 'key', { made }: StoryTeam): Promise<void> {
    const token = as === 'admin' ? adminToken : await tokenOf(made)
    const answer = await context.request.post(`${url}/_clipflight/session`, { data: { token } })
    assert.equal(answer.status(), 200, await answer.text())
  }

  async function openWindow(
    story: TestContext,
    { size = 'desktop', language = 'en', theme = 'light' }: WindowOptions = {},
  ): Promise<Window> {
    const context = await browser.newContext({ ...SIZES[size], locale: language, colorScheme: theme })
    story.after(() => context.close())
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (/Content.Security.Policy|Refused to/i.test(message.text())) complaints.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !/^(?:data|blob):/.test(request.url()))
        complaints.push(`asked ${request.url()}`)
    })
    story.after(() => assert.deepEqual(complaints, [], 'the page has a defect, or goes where it must not'))
    return { page, context }
  }

  return {
    url,
    service,
    control,
    adminToken,
    makeTeam,
    openWindow,
    async visit(story, { as = 'admin', with: other, ...options } = {}) {
      const team = other ?? (await makeTeam())
      const { page, context } = await openWindow(story, options)
      if (as !== 'nobody') await signIn(context, as, team)
      return {
        ...team,
        page,
        context,
        goTo: async (path) => {
          await page.goto(`${url}/console${path}`)
        },
      }
    },
  }
}

async function tokenOf({ issuerId, keys: [key] }: MadeTeam): Promise<string> {
  assert(key !== undefined)
  return signFor({ keyId: key.id, issuerId, privateKey: key.privateKey }, Date.now())
}
