import type { PageParameters } from '../../app/page-parameters.ts'
import { useMessages } from '../../language/language.tsx'
import { messages as frame } from '../messages.ts'
import { SandboxPage } from '../sandbox-page.tsx'
import { ClockCard } from './clock-card.tsx'
import { DataCard } from './data-card.tsx'
import { SnapshotsCard } from './snapshots-card.tsx'
import './state.css'

/** What time it is in the sandbox, and what its data is, was, and could be. */
export function StatePage({ team }: PageParameters) {
  const sayOfFrame = useMessages(frame)
  return (
    <SandboxPage team={team} title={sayOfFrame('state')}>
      <ClockCard />
      <SnapshotsCard team={team} />
      <DataCard team={team} />
    </SandboxPage>
  )
}
