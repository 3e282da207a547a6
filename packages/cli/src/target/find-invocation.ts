import type { CallOptions, Client, Result } from '@clipflight/client'
import { betaAppClipInvocations } from '@clipflight/contract'
import { CommandError, notFound } from '../command-error.ts'
import { EXIT_USAGE } from '../exit-codes.ts'
import { findBundleId } from './find-bundle.ts'
import { ifAbsent } from './if-absent.ts'
import { isId } from './is-id.ts'
import type { BundleOptions } from './options.ts'

/** An invocation with its titles. */
export type FoundInvocation = Result<'betaAppClipInvocations', 'betaAppClipInvocationLocalizations'>

const TITLES = betaAppClipInvocations.relationships.betaAppClipInvocationLocalizations

/** Everything about an invocation, with as many titles as the service answers at once. */
export const WITH_TITLES = {
  include: ['betaAppClipInvocationLocalizations'],
  limits: { betaAppClipInvocationLocalizations: TITLES.includeLimit },
} as const

/** The invocations of an App Clip, with their titles. */
export function listInvocations(client: Client, bundleId: string, call?: CallOptions): Promise<FoundInvocation[]> {
  return Array.fromAsync(client.buildBundles.betaAppClipInvocations(bundleId, WITH_TITLES, call))
}

/** The invocations of the App Clip that is meant. One that was found in a build is there, so a 404 says that it has none. */
export async function listInvocationsOf(client: Client, options: BundleOptions): Promise<FoundInvocation[]> {
  const bundleId = await findBundleId(client, options)
  const found = listInvocations(client, bundleId)
  return bundleId === options.bundle ? found : found.catch(ifAbsent([]))
}

/** The invocation with that id, or with exactly that URL in the build that is meant. */
export async function findInvocation(client: Client, name: string, options: BundleOptions): Promise<FoundInvocation> {
  if (isId(name)) return client.betaAppClipInvocations.get(name, WITH_TITLES)
  const invocations = await listInvocationsOf(client, options)
  const named = invocations.filter(({ url }) => url === name)
  const [found, ...others] = named
  if (found !== undefined && others.length === 0) return found
  if (found !== undefined) {
    const candidates = named.map(({ id, localizations }) => ({ id, titles: localizations.map(({ title }) => title) }))
    throw severalFit(`The build has several invocations '${name}'`, candidates)
  }
  throw notFound(
    `The build has no invocation '${name}'`,
    invocations.length === 0 ? 'It has none.' : `It has:\n${invocations.map(({ url }) => `    ${url}`).join('\n')}`,
  )
}

/** The title in that locale, or with that id. */
export function findLocalization(
  { url, localizations }: FoundInvocation,
  name: string,
): FoundInvocation['localizations'][number] {
  const named = localizations.filter(({ id, locale }) => id === name || locale === name)
  const [found, ...others] = named
  if (found !== undefined && others.length === 0) return found
  if (found !== undefined) {
    const candidates = named.map(({ id, title }) => ({ id, titles: [title] }))
    throw severalFit(`${url} has several titles in '${name}'`, candidates)
  }
  const locales = localizations.map(({ locale }) => locale).toSorted()
  throw notFound(
    `${url} has no title in '${name}'`,
    locales.length === 0 ? 'It has none.' : `It has titles in ${locales.join(', ')}.`,
  )
}

function severalFit(
  message: string,
  candidates: readonly { readonly id: string; readonly titles: readonly string[] }[],
): CommandError {
  const listed = candidates.map(({ id, titles }) => `  ${id}  ${titles.join(', ')}`)
  return new CommandError(`${message}:\n${listed.join('\n')}`, {
    exitCode: EXIT_USAGE,
    advice: ['Name it by its id.'],
    facts: { candidates },
  })
}
