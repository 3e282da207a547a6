import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useMessages } from '../language/language.tsx'
import { Failure } from '../ui/failure.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { messages } from './messages.ts'
import { Page } from './page.tsx'
import { pathTo } from './paths.ts'
import { teamsQuery } from './queries.ts'

/** The choice of a team. */
export function TeamsPage() {
  const say = useMessages(messages)
  const { data: teams, error, refetch } = useQuery(teamsQuery)
  return (
    <Page title={say('teams')} about={say('teamsAbout')}>
      {error !== null && <Failure error={error} onTryAgain={() => void refetch()} />}
      {teams === undefined && error === null && <Skeleton height={10} label={say('loading')} />}
      {teams !== undefined && (
        <div className="card table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('name')}</th>
                <th scope="col">{say('issuer')}</th>
              </tr>
            </thead>
            <tbody>
              {teams.map(({ team, name, issuerId }) => (
                <tr key={team}>
                  <td>
                    <Link href={pathTo('apps', { team })}>{name}</Link>
                  </td>
                  <td>
                    <code>{issuerId}</code>
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
