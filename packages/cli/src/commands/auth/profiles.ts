import { existsSync } from 'node:fs'
import { wrongUsage } from '../../command-error.ts'
import { fileVariables, variablesWithKey } from '../../connection/environment-keys.ts'
import { profileNamed, readProfiles, writeProfiles, type Profile } from '../../connection/profiles.ts'
import { warnOnceOn } from '../../terminal/print-error.ts'
import type { OutputFormat } from '../../terminal/output-format.ts'
import { openPrinter } from '../../terminal/printer.ts'
import type { Column } from '../../print/table.ts'

type Line = Profile & { readonly name: string; readonly inUse: boolean }

const COLUMNS: readonly Column<Line>[] = [
  { title: 'NAME', text: ({ name, inUse }) => (inUse ? `${name} (in use)` : name), whole: true },
  { title: 'KEY ID', text: ({ keyId }) => keyId, whole: true },
  { title: 'ISSUER ID', text: ({ issuerId }) => issuerId ?? "none: a person's key" },
  { title: 'SERVICE', text: ({ baseUrl }) => baseUrl },
  { title: 'KEY FILE', text: ({ privateKeyPath: path }) => (existsSync(path) ? path : `missing: ${path}`) },
]

/** Prints the saved profiles. */
export async function listProfiles(output: OutputFormat | undefined): Promise<void> {
  const { inUse, profiles } = readProfiles(process.env)
  const lines = Object.entries(profiles).map(([name, profile]) => ({ name, inUse: name === inUse, ...profile }))
  await openPrinter(output).list(lines, lines, COLUMNS, 'There are no profiles. Make one: clipflight auth login')
}

/** Says so where a profile that was just put to use is not what verbs will take. */
export function warnOfVariables(): void {
  const [name] = [...variablesWithKey(process.env), ...fileVariables(process.env)]
  if (name !== undefined) warnOnceOn(process.stderr)(`${name} is set here, and variables come before profiles`)
}

/** The profile of that name is in use afterwards. */
export async function useProfile(name: string, output: OutputFormat | undefined): Promise<void> {
  const saved = readProfiles(process.env)
  const profile = profileNamed(name, saved)
  await writeProfiles(process.env, { ...saved, inUse: name })
  warnOfVariables()
  await openPrinter(output).done(
    { inUse: name },
    `'${name}' is in use: the key ${profile.keyId} for ${profile.baseUrl}`,
  )
}

/** The profile is gone afterwards; the file of its key is not. */
export async function forgetProfile(named: string | undefined, output: OutputFormat | undefined): Promise<void> {
  const saved = readProfiles(process.env)
  const name = named ?? saved.inUse
  if (name === undefined) throw wrongUsage('No profile is in use', 'Name the one to forget: clipflight auth list')
  const { privateKeyPath } = profileNamed(name, saved)
  const { [name]: _forgotten, ...profiles } = saved.profiles
  await writeProfiles(process.env, { inUse: saved.inUse === name ? undefined : saved.inUse, profiles })
  await openPrinter(output).done({ forgotten: name }, `Forgot '${name}'. Its key is still in ${privateKeyPath}`)
}
