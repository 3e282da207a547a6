import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** A browser of one's own instead of the one from npm. */
const OWN = 'CLIPFLIGHT_TEST_CHROMIUM'
const PACKAGE = resolve(import.meta.dirname, '../../node_modules/@sparticuz/chromium')

export interface Chromium {
  readonly path: string
  /** Of the libraries that come with it, for systems without. */
  readonly libraries: string | undefined
}

/**
 * The browser that the console is tried in; undefined where there is none for this system. It is unpacked once, into a
 * folder named after its version: the package itself would take whatever another version left behind.
 */
export function findChromium(): Chromium | undefined {
  const own = process.env[OWN]
  if (own !== undefined && own !== '') return { path: own, libraries: undefined }
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }
  const folder = resolve(PACKAGE, '../../.cache', `chromium-${version}`)
  if (!existsSync(folder)) unpack(folder)
  return { path: join(folder, 'chromium'), libraries: join(folder, 'al2023', 'lib') }
}

function unpack(folder: string): void {
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  execFileSync(
    process.execPath,
    ['--input-type=module', '--eval', `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`],
    {
      cwd: PACKAGE,
      // The package brings its libraries along where it believes to be on a system that has none.
      env: {
        ...process.env,
        TMPDIR: unfinished,
        AWS_LAMBDA_JS_RUNTIME: `nodejs${process.versions.node.split('.')[0]}.x`,
      },
    },
  )
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    // Another process was faster.
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}
