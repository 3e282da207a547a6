import assert from 'node:assert/strict'
import type { StoryTeam } from './describe-console.ts'

/** What the service has of a bundle: titles by locale, by URL. */
export async function invocationsOf({
  client,
  bundle,
}: Pick<StoryTeam, 'client' | 'bundle'>): Promise<Record<string, Record<string, string>>> {
  const list = client.buildBundles.betaAppClipInvocations(bundle, {
    include: ['betaAppClipInvocationLocalizations'],
    limits: { betaAppClipInvocationLocalizations: 50 },
  })
  const invocations = await Array.fromAsync(list)
  return Object.fromEntries(
    invocations.map(({ url, localizations }) => [
      url,
      Object.fromEntries(localizations.map(({ locale, title }) => [locale, title])),
    ]),
  )
}

const PATIENCE_MILLISECONDS = 10_000

/** Asks until what is answered is what is expected; says how they differ when that takes too long. */
export async function untilEqual<T>(ask: () => Promise<T>, expected: T): Promise<void> {
  const end = Date.now() + PATIENCE_MILLISECONDS
  for (;;) {
    const answered = await ask()
    try {
      return assert.deepEqual(answered, expected)
    } catch (error) {
      if (Date.now() > end) throw error
    }
  }
}
