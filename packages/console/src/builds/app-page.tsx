import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Page } from '../app/page.tsx'
import { pathTo } from '../app/paths.ts'
import type { PageParameters } from '../app/page-parameters.ts'
import { useMessages, useMoment } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failure } from '../ui/failure.tsx'
import { Monogram } from '../ui/monogram.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { BuildState } from './build-state.tsx'
import { messages } from './messages.ts'
import { platformName } from './platform-name.ts'
import { appQuery, buildsQuery } from './queries.ts'
import { useBuildName } from './use-build-name.ts'

/** The builds of an app, the latest first. */
export function AppPage({ team, app: id }: PageParameters) {
  const say = useMessages(messages)
  const nameOf = useBuildName()
  const write = useMoment()
  const app = useQuery(appQuery(team, id))
  const builds = useInfiniteQuery(buildsQuery(team, id))
  const found = builds.data?.pages.flatMap(({ items }) => items)
  const error = app.error ?? builds.error
  return (
    <Page
      title={app.data?.name ?? say('builds')}
      mark={<Monogram name={app.data?.name ?? ' '} />}
      about={app.data === undefined ? ' ' : <code>{app.data.bundleId}</code>}
    >
      {error !== null && (
        <Failure error={error} onTryAgain={() => void Promise.all([app.refetch(), builds.refetch()])} />
      )}
      {found === undefined && error === null && <Skeleton height={12} />}
      {found?.length === 0 && <EmptyState title={say('noBuildsTitle')}>{say('noBuildsText')}</EmptyState>}
      {found !== undefined && found.length > 0 && (
        <div className="card table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('build')}</th>
                <th scope="col">{say('state')}</th>
                <th scope="col">{say('uploaded')}</th>
                <th scope="col">{say('expires')}</th>
              </tr>
            </thead>
            <tbody>
              {found.map((each) => (
                <tr key={each.id}>
                  <td>
                    <span className="build-name">
                      <Link href={pathTo('build', { team, build: each.id })}>{nameOf(each)}</Link>
                      <span className="quiet">{platformName(each.preReleaseVersion.platform)}</span>
                    </span>
                  </td>
                  <td>
                    <BuildState processingState={each.processingState} expired={each.expired} />
                  </td>
                  <td>{write(each.uploadedDate)}</td>
                  <td>{write(each.expirationDate)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {builds.hasNextPage && (
        <div>
          <Button isPending={builds.isFetchingNextPage} onPress={() => void builds.fetchNextPage()}>
            {say('more')}
          </Button>
        </div>
      )}
    </Page>
  )
}
