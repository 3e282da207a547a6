import assert from 'node:assert/strict'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { toPathPattern } from '../../packages/control/src/path-pattern.ts'
import { makeUser, type User } from './command-line.ts'

const EXIT_USAGE = 2

/** The names under `Commands:` in a help text. */
function commandsIn(help: string): string[] {
  const [, listed = ''] = help.split(/^Commands:\n/m)
  return [...(listed.split('\n\n', 1)[0] ?? '').matchAll(/^ {2}([\w-]+)/gm)].map(([, name = '']) => name)
}

/** Every command there is, by the help of those above it. */
async function everyCommand(user: User, path: readonly string[] = []): Promise<{ path: string[]; help: string }[]> {
  const { code, stdout } = await user.run([...path, '--help'])
  assert.equal(code, 0)
  const below = await Promise.all(commandsIn(stdout).map((name) => everyCommand(user, [...path, name])))
  return [{ path: [...path], help: stdout }, ...below.flat()]
}

describe('the help', () => {
  test('has examples at every verb, and fits into 80 columns up to them', async (context) => {
    const commands = await everyCommand(await makeUser(context))

    const verbs = commands.filter(({ help }) => commandsIn(help).length === 0)
    assert.ok(verbs.length > 20, String(verbs.length))
    for (const { path, help } of verbs)
      assert.match(help, new RegExp(`Examples:\\n {2}\\$ clipflight ${path[0]}`), help)
    for (const { help } of commands) {
      const [declarations = ''] = help.split('\nExamples:')
      assert.deepEqual(
        declarations.split('\n').filter((line) => line.length > 80),
        [],
      )
    }
  })

  test('has patterns of paths in its examples that match the collection, too', async (context) => {
    const user = await makeUser(context)

    for (const path of [
      ['sandbox', 'faults', 'add'],
      ['sandbox', 'log'],
    ]) {
      const { stdout } = await user.run([...path, '--help'])
      const [, glob = ''] = /--path "(.*?)"/.exec(stdout) ?? []
      const [collection = ''] = /^\/v1\/\w+/.exec(glob) ?? []
      for (const matched of [collection, `${collection}/id/app`]) assert.ok(toPathPattern(glob).test(matched), glob)
    }
  })

  test('keeps compiled code where only the user writes, and does without where nobody can', async (context) => {
    const { run, home } = await makeUser(context)
    const temporary = join(home, 'tmp')
    await mkdir(temporary)
    const environment = { NODE_COMPILE_CACHE: '', TMPDIR: temporary }

    const kept = await run(['schema'], { environment })
    const homeless = await Promise.all(
      ['/dev/null', '/proc', '/proc/none'].map((HOME) => run(['schema'], { environment: { ...environment, HOME } })),
    )

    assert.deepEqual(
      [kept, ...homeless].map(({ code }) => code),
      [0, 0, 0, 0],
    )
    assert.deepEqual(await readdir(join(home, '.cache')), ['clipflight'])
    assert.deepEqual(await readdir(temporary), [])
  })

  test('is the one that is kept beside the program, of every verb', async (context) => {
    const user = await makeUser(context)

    for (const path of [[], ['plan'], ['apps', 'list'], ['invocations', 'create']]) {
      const kept = await user.run([...path, '--help'])
      const made = await user.run([...path, '--help', '--help'])

      assert.equal(made.code, 0)
      assert.equal(made.stdout, kept.stdout)
    }
  })

  test('comes for a noun without a verb, as an error', async (context) => {
    const { code, stdout, stderr } = await (await makeUser(context)).run(['apps'])

    assert.equal(code, EXIT_USAGE)
    assert.equal(stdout, '')
    assert.match(stderr, /^Usage: clipflight apps /)
  })
})

describe('the command line', () => {
  test('prints its version', async (context) => {
    const { stdout } = await (await makeUser(context)).run(['-V'])

    const manifest = JSON.parse(await readFile(join(import.meta.dirname, '../../packages/cli/package.json'), 'utf8'))
    assert.equal(stdout, `${manifest.version}\n`)
  })

  const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
    [['aps', 'list'], /^clipflight: unknown command 'aps'\. Did you mean apps\?\n {2}Run `clipflight --help`/],
    [['apps', 'lst'], /^clipflight: unknown command 'lst'\. Did you mean list\?\n {2}Run `clipflight apps --help`/],
    [
      ['apps', 'list', '--profil', 'x'],
      /unknown option '--profil'\. Did you mean '--profile'\?\n {2}Run `clipflight apps list --help`/,
    ],
    [
      ['localizations', 'update', 'de-DE', '--titel', 'Bestellen'],
      /unknown option '--titel'\. Did you mean '--title'\?\n {2}Run `clipflight localizations update --help`/,
    ],
    [['localizations', 'update', 'de-DE'], /required option '--title <title>' not specified/],
    [
      ['localizations', 'create', '--locale', 'de-DE', '--title', 'Bestellen'],
      /unknown option '--locale'\. <locale> stands without a name: clipflight localizations create <locale>/,
    ],
    [['localizations', 'create', '--locale=de-DE'], /unknown option '--locale'\. <locale> stands without a name/],
    [['apps', 'list', '--output', 'xml'], /'xml' is invalid\. Allowed choices are table, json, yaml\./],
    [
      ['sandbox', 'faults', 'add', 'random-402'],
      /'random-402' is invalid for argument 'preset'\. Did you mean 'random-401'\? Allowed choices are random-401, /,
    ],
    [['invocations', 'create', '--url', 'https://a.example', '--title', 'en-US=Order'], /unknown option '--url'/],
    [['--verson'], /^clipflight: unknown option '--verson'\. Did you mean '--version'\?\n/],
    [['--local', 'plan'], /^clipflight: unknown option '--local'\. Options stand behind the verb\.\n/],
    [['apps', '--local', 'list'], /^clipflight: unknown option '--local'\. Options stand behind the verb\.\n/],
    [['apps', 'get'], /missing required argument 'app'/],
    [['apps', 'list', 'more'], /too many arguments for 'list'/],
    [['plan', 'clipflight.yaml'], /too many arguments for 'plan'.*\n {2}A file is named with --file\.\n/],
    [['sandbox', 'log', '--follow', '--until', '1h'], /'--until <time>' cannot be used with option '-f, --follow'/],
    [['invocations', 'create', 'https://a.example', '--title', 'Order'], /--title must be a locale and its title/],
    [['invocations', 'create', 'https://a.example', '--title', 'de=x'], /no locale 'de'\. Did you mean 'de-DE'\?/],
    [['builds', 'wait', '--timeout', 'soon'], /--timeout must be a time such as 90s/],
    [['builds', 'list', '--limit', '0'], /--limit must be a whole number from 1 on/],
  ]
  for (const [args, expected] of mistakes) {
    test(`refuses '${args.join(' ')}' and says what to do`, async (context) => {
      const { code, stdout, stderr } = await (await makeUser(context)).run(args)

      assert.equal(code, EXIT_USAGE)
      assert.equal(stdout, '')
      assert.match(stderr, expected)
    })
  }

  test('says mistakes as one JSON object where JSON is asked for', async (context) => {
    const { code, stderr } = await (await makeUser(context)).run(['apps', 'lst', '-o', 'json'])

    assert.equal(code, EXIT_USAGE)
    const { error } = JSON.parse(stderr)
    assert.equal(error.exitCode, EXIT_USAGE)
    assert.match(error.message, /unknown command 'lst'/)
  })
})
