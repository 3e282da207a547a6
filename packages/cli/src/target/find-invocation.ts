import type { CallOptions, Client, Result } from '@clipflight/client'
import { betaAppClipInvocations } from '@clipflight/contract'
import { notFound } from '../command-error.ts'
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
  const found = invocations.find(({ url }) => url === name)
  if (found !== undefined) return found
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
  const found = localizations.find(({ id, locale }) => id === name || locale === name)
  if (found !== undefined) return found
  const locales = localizations.map(({ locale }) => locale).toSorted()
  throw notFound(
    `${url} has no title in '${name}'`,
    locales.length === 0 ? 'It has none.' : `It has titles in ${locales.join(', ')}.`,
  )
}
