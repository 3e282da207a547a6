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
import { appsQuery, newestBuildsQuery } from './queries.ts'
import { useBuildName } from './use-build-name.ts'

/** The apps of a team, and the build of each that one most likely comes for. */
export function AppsPage({ team }: PageParameters) {
  const say = useMessages(messages)
  const { data: found, error, refetch } = useQuery(appsQuery(team))
  const newest = useQuery(newestBuildsQuery(team))
  // At once, so that no column moves; without builds where they do not come, as they are one click further, too.
  const apps = newest.isPending ? undefined : found
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
                <th scope="col">{say('newestBuild')}</th>
                <th scope="col">{say('bundleId')}</th>
              </tr>
            </thead>
            <tbody>
              {apps.map(({ id, name, bundleId }) => (
                <tr key={id}>
                  <td>
                    <span className="toolbar" style={{ flexWrap: 'nowrap' }}>
                      <Monogram name={name} size={2} />
                      <Link href={pathTo('app', { team, app: id })}>{name}</Link>
                    </span>
                  </td>
                  <td>
                    <NewestBuild team={team} build={newest.data?.byApp.get(id)} isAll={newest.data?.isAll === true} />
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

interface NewestBuildProps {
  readonly team: number
  readonly build:
    | { readonly id: string; readonly version: string; readonly preReleaseVersion: { readonly version: string } }
    | undefined
  /** Whether an app without one has none. */
  readonly isAll: boolean
}

function NewestBuild({ team, build, isAll }: NewestBuildProps) {
  const say = useMessages(messages)
  const nameOf = useBuildName()
  if (build === undefined) return isAll && <span className="quiet">{say('noBuildsTitle')}</span>
  return <Link href={pathTo('build', { team, build: build.id })}>{nameOf(build)}</Link>
}
