import type { Client } from '@clipflight/client'

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
