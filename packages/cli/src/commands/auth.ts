import type { Command } from 'commander'
import { online } from './online.ts'
import { addConnectionOptions, addExamples, addOutputOption, type OutputOptions } from './options.ts'
import type { ConnectionOptions } from '../connection/key-sources.ts'
import type { LoginOptions } from './auth/login.ts'

/** The noun `auth`. */
export function addAuth(program: Command): void {
  const auth = program
    .command('auth')
    .description('Save keys under names (profiles), say which is used, and see what it may do.')
  addLogin(auth)
  addList(auth)
  addUse(auth)
  addStatus(auth)
  addToken(auth)
  addLogout(auth)
}

function addLogin(auth: Command): void {
  const login = auth
    .command('login')
    .summary('save a key under a name')
    .description(
      'Save where a key is under a name, and use it from now on. The key itself stays in its file. Asks on a terminal for what no option says; nothing is saved unless the service accepts the key.',
    )
    .option('--name <name>', "name of the profile (default: 'default')")
    .option('--private-key-path <file>', 'the .p8 file of the key')
    .option('--key-id <id>', 'id of the key (default: from the name of the file)')
    .option('--issuer-id <id>', "issuer of a team's key")
    .option('--individual', "it is a person's key, which has no issuer")
    .option('--base-url <url>', "the service it is for (default: Apple's)")
    .option('--local', 'the key of the service that `clipflight serve` runs in this folder')
    .option(
      '--data-dir <directory>',
      'where that service keeps its data; says --local too (default: .clipflight, env: CLIPFLIGHT_DATA_DIR)',
    )
    .option('--no-verify', 'save it without asking the service')
    .option('-y, --yes', 'replace a profile of that name without asking')
  addOutputOption(login).action(async (options: LoginOptions) => {
    const { runLogin } = await import('./auth/login.ts')
    await runLogin(options)
  })
  addExamples(
    login,
    ['auth login', 'asks for everything'],
    [
      'auth login --private-key-path ~/Downloads/AuthKey_2X9R4HXF34.p8 --issuer-id 57246542-96fe-1a63-e053-0824d011072a',
      "a team's key, as the profile 'default'",
    ],
    ['auth login --local --name demo', 'the service that runs in this folder'],
  )
}

function addList(auth: Command): void {
  const list = auth.command('list').summary('list the profiles').description('List the profiles.')
  addOutputOption(list).action(async ({ output }: OutputOptions) => {
    const { listProfiles } = await import('./auth/profiles.ts')
    await listProfiles(output)
  })
  addExamples(list, ['auth list', 'with the one in use marked'])
}

function addUse(auth: Command): void {
  const use = auth
    .command('use')
    .summary('use another profile from now on')
    .description('Use another profile from now on, where neither options nor variables name a key.')
    .argument('<profile>', 'its name')
  addOutputOption(use).action(async (name: string, { output }: OutputOptions) => {
    const { useProfile } = await import('./auth/profiles.ts')
    await useProfile(name, output)
  })
  addExamples(use, ['auth use demo', 'the profile demo'])
}

function addStatus(auth: Command): void {
  const status = auth
    .command('status')
    .summary('see which key is used, and what it may do')
    .description(
      'See which key is used and where it is from, and ask the service what it may do. The API does not tell the role of a key: what it may do is found by reading apps and builds, and by changing an invocation that does not exist. The roles themselves are known with --local.',
    )
  online(status, async (talk, options) => {
    const { printStatus } = await import('./auth/status.ts')
    await printStatus(talk, options)
  })
  addExamples(
    status,
    ['auth status', 'the key that every other command would use here'],
    ['auth status --profile demo', 'that of a profile'],
  )
}

function addToken(auth: Command): void {
  const token = auth
    .command('token')
    .summary('print a fresh bearer token')
    .description('Print a fresh bearer token, good for 19 minutes, and nothing else. Nothing is asked of the service.')
  addConnectionOptions(token).action(async (options: ConnectionOptions) => {
    const { printToken } = await import('./auth/token.ts')
    await printToken(options)
  })
  addExamples(token, [
    'auth token | xargs -I {} curl -H "Authorization: Bearer {}" https://api.appstoreconnect.apple.com/v1/apps',
    'for curl',
  ])
}

function addLogout(auth: Command): void {
  const logout = auth
    .command('logout')
    .summary('forget a profile')
    .description('Forget a profile. The file of its key is left where it is; revoke a key in App Store Connect.')
    .argument('[profile]', 'its name (default: the one in use)')
  addOutputOption(logout).action(async (name: string | undefined, { output }: OutputOptions) => {
    const { forgetProfile } = await import('./auth/profiles.ts')
    await forgetProfile(name, output)
  })
  addExamples(logout, ['auth logout demo', 'forget the profile demo'])
}
