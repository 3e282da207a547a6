import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { COMMAND, makeUser, openTerminal, type Terminal, type User } from './command-line.ts'

type Shell = 'bash' | 'zsh' | 'fish'

const PROMPT = 'ready> '

function isInstalled(shell: Shell): boolean {
  return spawnSync(shell, ['-c', 'exit 0']).status === 0
}

/** Tests with a shell of this machine; where it is not installed, says so. */
function testIn(shell: Shell, name: string, run: (context: TestContext) => Promise<void>): void {
  const skip = isInstalled(shell) ? false : `SKIPPED: ${shell} is not installed here`
  test(`${shell} ${name}`, { skip }, run)
}

/** How each shell is started without anybody's settings, and told to complete. */
const START: Readonly<Record<Shell, { readonly args: readonly string[]; readonly setUp: string }>> = {
  bash: { args: ['--noprofile', '--norc'], setUp: `PS1='${PROMPT}'; eval "$(clipflight completion bash)"` },
  zsh: {
    args: ['-f'],
    setUp: `PS1='${PROMPT}'; autoload -Uz compinit; compinit -u; eval "$(clipflight completion zsh)"`,
  },
  fish: {
    args: ['--no-config'],
    setUp: `function fish_prompt; echo -n '${PROMPT}'; end; clipflight completion fish | source`,
  },
}

/** A shell on a terminal, in which `clipflight` completes. */
async function openShell(context: TestContext, shell: Shell, user: User): Promise<Terminal> {
  const bin = join(user.home, 'bin')
  await mkdir(bin)
  await writeFile(join(bin, 'clipflight'), `#!/bin/sh\nexec '${process.execPath}' '${COMMAND}' "$@"\n`)
  await chmod(join(bin, 'clipflight'), 0o755)
  const { args, setUp } = START[shell]
  const terminal = openTerminal(context, [shell, ...args], {
    folder: user.folder,
    columns: 200,
    environment: { ...user.environment, PATH: `${bin}:${user.environment['PATH']}`, TERM: 'xterm-256color' },
  })
  terminal.type(`${setUp}; echo set''-up\r`)
  await terminal.shows(/set-up\r?\n/)
  await terminal.shows(new RegExp(PROMPT))
  return terminal
}

/** Cases: what is typed before TAB, and what is on the line afterwards. */
const LINES: readonly (readonly [string, string])[] = [
  ['clipflight inv', 'clipflight invocations '],
  ['clipflight invocations cr', 'clipflight invocations create '],
  ['clipflight apps list --out', 'clipflight apps list --output '],
  ['clipflight apps list --output y', 'clipflight apps list --output yaml '],
  ['clipflight apps list --output=y', 'clipflight apps list --output=yaml'],
  ['clipflight localizations create zh-Hans', 'clipflight localizations create zh-Hans '],
  ['clipflight localizations create pt-P', 'clipflight localizations create pt-PT '],
  ['clipflight serve --rate', 'clipflight serve --rate-limit '],
  ['clipflight apps list --api-key a-f', 'clipflight apps list --api-key a-file.json '],
  ['clipflight apps list --profile tr', 'clipflight apps list --profile trial '],
  ['clipflight auth use tr', 'clipflight auth use trial '],
  ['clipflight auth logout tr', 'clipflight auth logout trial '],
  ['clipflight apply a-f', 'clipflight apply a-file.json '],
]

for (const shell of ['bash', 'zsh', 'fish'] as const) {
  describe(`completion in ${shell}`, () => {
    testIn(shell, 'completes commands, options, their values, locales, profiles and files', async (context) => {
      const user = await makeUser(context)
      await writeFile(join(user.folder, 'a-file.json'), '{}')
      await saveProfile(user, 'trial')
      const terminal = await openShell(context, shell, user)

      for (const [typed, expected] of LINES) {
        terminal.type(`${typed}\t`)
        await terminal.shows(new RegExp(escape(expected.slice(typed.length).trimEnd() || typed)))
        // At its beginning the line becomes one that does nothing.
        terminal.type('\u0001: \r')
        await terminal.shows(new RegExp(PROMPT))
      }
    })

    testIn(shell, 'shows the choices there are', async (context) => {
      const terminal = await openShell(context, shell, await makeUser(context))

      terminal.type('clipflight apps list --output \t\t')

      assert.match(stripVTControlCharacters(await terminal.shows(/json[\s\S]*yaml|yaml/)), /json|table/)
    })
  })
}

async function saveProfile(user: User, name: string): Promise<void> {
  const folder = join(user.home, '.config', 'clipflight')
  await mkdir(folder, { recursive: true })
  const profile = { keyId: 'ABCDEFGHIJ', privateKeyPath: '/nowhere', baseUrl: 'https://example.com' }
  await writeFile(join(folder, 'profiles.json'), JSON.stringify({ profiles: { [name]: profile } }), { mode: 0o600 })
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

test('nothing that is being typed is run', async (context) => {
  const user = await makeUser(context)
  const line = 'clipflight apps get $(touch run) `touch run` ;touch run; --out'
  const script = [
    `clipflight() { '${process.execPath}' '${COMMAND}' "$@"; }`,
    'eval "$(clipflight completion bash)"',
    `COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(clipflight --out) COMP_CWORD=1`,
    '_clipflight',
    'echo "${COMPREPLY[*]}"',
    'ls',
  ]

  const { stdout } = spawnSync('bash', ['--noprofile', '--norc', '-c', script.join('\n')], {
    cwd: user.folder,
    env: user.environment,
    encoding: 'utf8',
  })

  assert.equal(stdout, '--output\n')
})

test('an unknown shell is refused', async (context) => {
  const { code, stderr } = await (await makeUser(context)).run(['completion', 'tcsh'])

  assert.equal(code, 2)
  assert.match(stderr, /Allowed choices are bash, zsh, fish/)
})
