/**
 * Holds the public types: `tsc` compiles this with everything else, and complains of a line below that ought not to
 * compile and does. Nothing here is ever run.
 */
import {
  betaAppClipInvocationLocalizations,
  betaAppClipInvocations,
  buildBundles,
  createClient,
  createClientOf,
  type CreateInput,
  type Identifier,
  type List,
  type Result,
  type ResultOf,
} from '@clipflight/client'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** Compiles only for two types that are the same. */
function same<A, B>(holds: Same<A, B>): Same<A, B> {
  return holds
}

/** A type as a user reads it, without the document. */
type Shown<T> = { [K in keyof T as Exclude<K, 'document'>]: T[K] }

export async function holdsTheTypesOfResults(): Promise<void> {
  const client = createClient({ token: () => 'token', baseUrl: 'http://localhost' })

  const alone = await client.betaAppClipInvocations.get('1')
  same<Shown<typeof alone>, { readonly type: 'betaAppClipInvocations'; readonly id: string; readonly url: string }>(
    true,
  )
  // @ts-expect-error -- it was not included
  void alone.localizations

  const full = await client.betaAppClipInvocations.get('1', { include: ['betaAppClipInvocationLocalizations'] })
  type Localization = {
    readonly type: 'betaAppClipInvocationLocalizations'
    readonly id: string
    readonly title: string
    readonly locale: string
  }
  same<(typeof full)['localizations'], readonly Localization[]>(true)

  const [build] = (
    await client.builds
      .list({
        include: ['app', 'buildBundles', 'betaAppReviewSubmission', 'buildBetaDetail', 'appStoreVersion'],
        fields: { apps: ['name'] },
      })
      .page()
  ).items
  if (build === undefined) return
  same<typeof build.app, { readonly type: 'apps'; readonly id: string; readonly name: string }>(true)
  same<(typeof build.buildBundles)[0]['bundleType'], 'APP' | 'APP_CLIP' | 'WATCH_APP'>(true)
  same<typeof build.usesNonExemptEncryption, boolean | null>(true)
  same<typeof build.buildBetaDetail.autoNotifyEnabled, boolean>(true)
  // @ts-expect-error -- a build need not have been handed in for review
  void build.betaAppReviewSubmission.betaReviewState
  void build.appStoreVersion?.id

  const sparse = await client.builds.get('1', {
    include: ['app', 'buildBundles'],
    fields: { builds: ['version', 'app'] },
  })
  same<keyof typeof sparse, 'type' | 'id' | 'version' | 'app' | 'document'>(true)

  same<Promise<Identifier<'apps'> | null>, ReturnType<typeof client.builds.links.app.get>>(true)
  same<
    Promise<Result<'appClipDomainStatuses', never, Record<never, never>> | null>,
    ReturnType<typeof client.buildBundles.appClipDomainDebugStatus<never, Record<never, never>>>
  >(true)
}

export async function holdsTheTypesOfInput(): Promise<void> {
  const client = createClient({ token: () => 'token' })

  same<
    CreateInput<'betaAppClipInvocations'>,
    {
      readonly url: string
      readonly buildBundle: string
      readonly titles: Readonly<Record<string, string>>
    }
  >(true)
  const made = await client.betaAppClipInvocations.create({ url: '', buildBundle: '', titles: { 'en-US': '' } })
  void made.localizations?.[0]?.title
  void client.betaBuildLocalizations.create({ build: '', locale: 'en-US' })
  // @ts-expect-error -- titles are missing
  void client.betaAppClipInvocations.create({ url: '', buildBundle: '' })
  // @ts-expect-error -- the locale is missing
  void client.betaBuildLocalizations.create({ build: '' })
  // @ts-expect-error -- a locale cannot be changed
  void client.betaAppClipInvocationLocalizations.update('1', { locale: 'ja' })
  // @ts-expect-error -- the version is the binary's
  void client.builds.update('1', { version: '2' })

  // @ts-expect-error -- there is no such relationship
  void client.builds.list({ include: ['invocations'] })
  // @ts-expect-error -- Apple never includes it
  void client.builds.list({ include: ['perfPowerMetrics'] })
  // @ts-expect-error -- there is no such field
  void client.builds.list({ fields: { builds: ['versions'] } })
  // @ts-expect-error -- the answer holds no such type
  void client.betaAppClipInvocations.get('1', { fields: { apps: ['name'] } })
  // @ts-expect-error -- a build is in no such state
  void client.builds.list({ filter: { processingState: 'DONE' } })
  // @ts-expect-error -- builds are not sorted by that
  void client.builds.list({ sort: ['expired'] })
  // @ts-expect-error -- there is nothing of the kind to ask for
  void client.builds.list({ offset: 5 })
  // @ts-expect-error -- the service wants a filter by build
  void client.betaAppReviewSubmissions.list()
  void client.betaAppReviewSubmissions.list({ filter: { build: '1' } })
  // @ts-expect-error -- this endpoint includes nothing
  void client.apps.builds('1', { include: ['app'] })
}

export function holdsTheTypesOfOperations(): void {
  const client = createClient({ token: () => 'token' })

  // @ts-expect-error -- invocations are only listed by their bundle
  void client.betaAppClipInvocations.list
  // @ts-expect-error -- Apple has no such operation
  void client.builds.delete
  // @ts-expect-error -- nor such an endpoint
  void client.builds.buildBundles
  // @ts-expect-error -- links are written there, and read nowhere
  void client.builds.links.betaGroups.list
  void client.builds.links.betaGroups.add('1', ['2'])

  const few = createClientOf(
    { buildBundles, betaAppClipInvocations, betaAppClipInvocationLocalizations },
    { token: () => 'token' },
  )
  void few.buildBundles.betaAppClipInvocations('1')
  // @ts-expect-error -- its definition was not given
  void few.apps
  // @ts-expect-error -- nor that of what is at the other end
  void few.buildBundles.buildBundleFileSizes

  // Whatever came along, a result is one of its type; and functions can say so without knowing the query.
  const titles = (one: ResultOf<'betaAppClipInvocations'>): readonly string[] =>
    one.localizations?.map(({ title }) => title) ?? []
  const list: List<ResultOf<'betaAppClipInvocations'>> = client.buildBundles.betaAppClipInvocations('1', {
    include: ['betaAppClipInvocationLocalizations'],
  })
  void [titles, list]
}

export function holdsTheTypesOfOptions(): void {
  const key = { keyId: '', privateKey: '' }
  createClient({ ...key, issuerId: '', timeoutMilliseconds: undefined })
  createClient({ ...key, individual: true })
  createClient({ session: { team: 1 }, baseUrl: 'http://clips.example' })
  createClient({ session: { team: 'none' } })
  // @ts-expect-error -- a session is asked about a team or none
  createClient({ session: {} })
  // @ts-expect-error -- a team key needs its issuer
  createClient(key)
  // @ts-expect-error -- a token comes from a function
  createClient({ token: 'token' })
  // @ts-expect-error -- there is no such option
  createClient({ ...key, issuerId: '', retries: 3 })
}
