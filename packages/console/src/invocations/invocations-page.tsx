import type { PageParameters } from '../app/page-parameters.ts'
import { appClipsOf } from '../builds/app-clips.ts'
import { BuildPage } from '../builds/build-page.tsx'
import { NoAppClip } from '../builds/no-app-clip.tsx'
import type { Build } from '../builds/queries.ts'
import { AppClipSection } from './app-clip-section.tsx'
import { BuildBanner } from './build-banner.tsx'
import './invocations.css'
import { ReadOnlyNotice } from './read-only.tsx'

/** The App Clips section of a build. */
export function InvocationsPage({ team, build }: PageParameters) {
  return (
    <BuildPage team={team} build={build}>
      {(found) => <AppClips key={found.id} team={team} build={found} />}
    </BuildPage>
  )
}

function AppClips({ team, build }: { readonly team: number; readonly build: Build }) {
  const clips = appClipsOf(build)
  return (
    <>
      <BuildBanner build={build} />
      <ReadOnlyNotice />
      {clips.length === 0 && <NoAppClip />}
      {clips.map((bundle) => (
        <AppClipSection key={bundle.id} team={team} build={build} bundle={bundle} />
      ))}
    </>
  )
}
