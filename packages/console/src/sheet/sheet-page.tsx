import { useQueries } from '@tanstack/react-query'
import type { PageParameters } from '../app/page-parameters.ts'
import { appClipsOf } from '../builds/app-clips.ts'
import { BuildPage } from '../builds/build-page.tsx'
import type { Build } from '../builds/queries.ts'
import { useStaying } from '../invocations/deletions.ts'
import { invocationsQuery } from '../invocations/queries.ts'
import { useMessages } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failure } from '../ui/failure.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { LocalesToPrint } from './locales-to-print.tsx'
import { messages } from './messages.ts'
import { Sheet } from './sheet.tsx'
import { useLocalesToPrint } from './use-locales-to-print.ts'
import './sheet.css'

/** What a tester takes along on paper. */
export function SheetPage({ team, build }: PageParameters) {
  return (
    <BuildPage team={team} build={build}>
      {(found) => <Sheets team={team} build={found} />}
    </BuildPage>
  )
}

function Sheets({ team, build }: { readonly team: number; readonly build: Build }) {
  const say = useMessages(messages)
  const queries = useQueries({ queries: appClipsOf(build).map(({ id }) => invocationsQuery(team, id)) })
  const invocations = useStaying(queries.flatMap(({ data = [] }) => data))
  const locales = [
    ...new Set(invocations.flatMap(({ localizations }) => localizations.map(({ locale }) => locale))),
  ].toSorted()
  const [chosen, choose] = useLocalesToPrint(locales)
  const failed = queries.find(({ error }) => error !== null)
  if (failed !== undefined) return <Failure error={failed.error} onTryAgain={() => void failed.refetch()} />
  if (queries.some(({ isPending }) => isPending)) return <Skeleton height={30} label={say('loading')} />
  if (invocations.length === 0) return <EmptyState title={say('emptyTitle')}>{say('emptyText')}</EmptyState>
  return (
    <>
      <div className="card sheet-choice">
        <div className="card-body stack">
          <div className="toolbar">
            <p className="quiet">{say('about')}</p>
            <Button look="primary" onPress={() => print()}>
              {say('print')}
            </Button>
          </div>
          <LocalesToPrint locales={locales} chosen={chosen} onChoose={choose} />
        </div>
      </div>
      <Sheet build={build} invocations={invocations} locales={chosen} />
    </>
  )
}
