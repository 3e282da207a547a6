import type { BuildFacts } from '@clipflight/plan'
import type { Build } from '../builds/queries.ts'
import { messages as ofBuilds } from '../builds/messages.ts'
import type { Say } from '../language/language.tsx'
import type { messages } from './messages.ts'

/** What testers see of a build besides its invocations, by what the page calls it. */
export function factsOf(
  { processingState, expired, minOsVersion, buildBetaDetail, localizations }: Build,
  say: Say<(typeof messages)['en']>,
  sayOfBuild: Say<(typeof ofBuilds)['en']>,
): BuildFacts {
  const texts = localizations
    .flatMap(({ locale, whatsNew }) => (whatsNew === null ? [] : [[say('whatToTest', { locale }), whatsNew] as const]))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return {
    [say('state')]: sayOfBuild(processingState),
    [say('expired')]: expired ? say('yes') : say('no'),
    ...(minOsVersion === null ? {} : { [say('minimum')]: minOsVersion }),
    ...(buildBetaDetail === null
      ? {}
      : {
          [say('internal')]: buildBetaDetail.internalBuildState,
          [say('external')]: buildBetaDetail.externalBuildState,
        }),
    ...Object.fromEntries(texts),
  }
}
