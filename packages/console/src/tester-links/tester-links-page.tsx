import { useQuery } from '@tanstack/react-query'
import type { PageParameters } from '../app/page-parameters.ts'
import { BuildPage } from '../builds/build-page.tsx'
import { useMessages } from '../language/language.tsx'
import { statusOf } from '../service/failures.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'
import { Reason } from '../ui/reason.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { LinkTable } from './link-table.tsx'
import { MakeLink } from './make-link.tsx'
import { messages } from './messages.ts'
import { testerLinksQuery } from './queries.ts'
import './tester-links.css'

/** The links by which testers see a build. */
export function TesterLinksPage({ team, build }: PageParameters) {
  return (
    <BuildPage team={team} build={build}>
      {() => <TesterLinks team={team} build={build} />}
    </BuildPage>
  )
}

function TesterLinks({ team, build }: { readonly team: number; readonly build: string }) {
  const say = useMessages(messages)
  const { data: links, error, refetch } = useQuery(testerLinksQuery(team, build))
  if (statusOf(error) === 403) {
    return (
      <Notice title={say('forbiddenTitle')} tone="warning">
        <p>
          <Reason error={error} />
        </p>
      </Notice>
    )
  }
  return (
    <>
      <MakeLink team={team} build={build} />
      <section className="stack" aria-labelledby="links">
        <h2 id="links">{say('links')}</h2>
        {error !== null && <Failure error={error} onTryAgain={() => void refetch()} />}
        {links === undefined && error === null && <Skeleton height={8} label={say('loading')} />}
        {links?.length === 0 && <EmptyState title={say('noLinksTitle')}>{say('noLinksText')}</EmptyState>}
        {links !== undefined && links.length > 0 && <LinkTable team={team} build={build} links={links} />}
      </section>
    </>
  )
}
