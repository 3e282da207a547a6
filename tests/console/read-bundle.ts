import type { Client } from '@clipflight/client'

/** The invocations of an App Clip as the service tells them: titles by URL and locale. */
export async function readBundle(client: Client, bundle: string): Promise<Record<string, Record<string, string>>> {
  const found = await Array.fromAsync(
    client.buildBundles.betaAppClipInvocations(bundle, {
      include: ['betaAppClipInvocationLocalizations'],
      limits: { betaAppClipInvocationLocalizations: 50 },
    }),
  )
  return Object.fromEntries(
    found.map(({ url, localizations }) => [
      url,
      Object.fromEntries(localizations.map(({ locale, title }) => [locale, title])),
    ]),
  )
}

/** Another build of the same app, and the App Clip in it. */
export async function findBuild(
  client: Client,
  number: string,
): Promise<{ readonly build: string; readonly bundle: string }> {
  const { items } = await client.builds.list({ filter: { version: [number] }, include: ['buildBundles'] }).page()
  const [build] = items
  const bundle = build?.buildBundles.find(({ bundleType }) => bundleType === 'APP_CLIP')
  if (build === undefined || bundle === undefined) throw new Error(`The demo has no build ${number} with an App Clip.`)
  return { build: build.id, bundle: bundle.id }
}
