import { betaAppClipInvocations } from '@clipflight/contract'
import type { PageParameters } from '../app/page-parameters.ts'
import { appClipsOf } from '../builds/app-clips.ts'
import { BuildPage } from '../builds/build-page.tsx'
import { NoAppClip } from '../builds/no-app-clip.tsx'
import type { Build } from '../builds/queries.ts'
import { useMessages } from '../language/language.tsx'
import { useSession } from '../session/session.tsx'
import { useMay } from '../session/use-may.ts'
import { Notice } from '../ui/notice.tsx'
import { AppClipSection } from './app-clip-section.tsx'
import { BuildBanner } from './build-banner.tsx'
import './invocations.css'
import { messages } from './messages.ts'

/** The App Clips section of a build. */
export function InvocationsPage({ team, build }: PageParameters) {
  return (
    <BuildPage team={team} build={build}>
      {(found) => <AppClips key={found.id} team={team} build={found} />}
    </BuildPage>
  )
}

function AppClips({ team, build }: { readonly team: number; readonly build: Build }) {
  const say = useMessages(messages)
  const { roles } = useSession()
  const may = useMay()
  const clips = appClipsOf(build)
  const needed = betaAppClipInvocations.operations.create.roles
  return (
    <>
      <BuildBanner build={build} />
      {!may(needed) && (
        <Notice title={say('readOnlyTitle')}>
          <p>{say('readOnlyText', { roles: roles.join(', '), needed: needed.join(', ') })}</p>
        </Notice>
      )}
      {clips.length === 0 && <NoAppClip />}
      {clips.map((bundle) => (
        <AppClipSection key={bundle.id} team={team} build={build} bundle={bundle} />
      ))}
    </>
  )
}
