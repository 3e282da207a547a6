import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Page } from '../app/page.tsx'
import { pathTo } from '../app/paths.ts'
import type { PageParameters } from '../app/page-parameters.ts'
import { useMessages } from '../language/language.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failure } from '../ui/failure.tsx'
import { Monogram } from '../ui/monogram.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { messages } from './messages.ts'
import { appsQuery } from './queries.ts'

/** The apps of a team. */
export function AppsPage({ team }: PageParameters) {
  const say = useMessages(messages)
  const { data: apps, error, refetch } = useQuery(appsQuery(team))
  return (
    <Page title={say('apps')} about={say('appsAbout')}>
      {error !== null && <Failure error={error} onTryAgain={() => void refetch()} />}
      {apps === undefined && error === null && <Skeleton height={12} />}
      {apps?.length === 0 && <EmptyState title={say('noAppsTitle')}>{say('noAppsText')}</EmptyState>}
      {apps !== undefined && apps.length > 0 && (
        <div className="card table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('app')}</th>
                <th scope="col">{say('bundleId')}</th>
              </tr>
            </thead>
            <tbody>
              {apps.map(({ id, name, bundleId }) => (
                <tr key={id}>
                  <td>
                    <span className="toolbar">
                      <Monogram name={name} size={2} />
                      <Link href={pathTo('app', { team, app: id })}>{name}</Link>
                    </span>
                  </td>
                  <td>
                    <code>{bundleId}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  )
}
