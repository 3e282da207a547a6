import type { Team } from '@clipflight/control'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { Page } from '../app/page.tsx'
import { pathTo } from '../app/paths.ts'
import { teamsQuery } from '../app/queries.ts'
import { useMessages } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { CreateTeam } from './create-team.tsx'
import { DeleteTeam } from './delete-team.tsx'
import { messages } from './messages.ts'

/** The choice of a team; new ones are made here, and old ones deleted. */
export function TeamsPage() {
  const say = useMessages(messages)
  const { data: teams, error, refetch } = useQuery(teamsQuery)
  const [isCreating, setCreating] = useState(false)
  const [deleting, setDeleting] = useState<Team>()
  return (
    <Page
      title={say('teams')}
      about={say('teamsAbout')}
      actions={
        <Button look="primary" onPress={() => setCreating(true)}>
          {say('create')}
        </Button>
      }
    >
      {error !== null && <Failure error={error} onTryAgain={() => void refetch()} />}
      {teams === undefined && error === null && <Skeleton height={10} />}
      {teams !== undefined && (
        <div className="card table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('name')}</th>
                <th scope="col" className="team-issuer">
                  {say('issuer')}
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {teams.map((each) => (
                <tr key={each.team}>
                  <td>
                    <Link href={pathTo('apps', { team: each.team })} dir="auto">
                      {each.name}
                    </Link>
                    <code className="team-issuer-below">{each.issuerId}</code>
                  </td>
                  <td className="team-issuer">
                    <code>{each.issuerId}</code>
                  </td>
                  <td className="team-actions">
                    <Button
                      look="danger"
                      aria-label={`${say('delete')} ${each.name}`}
                      onPress={() => setDeleting(each)}
                    >
                      {say('delete')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isCreating && <CreateTeam onClose={() => setCreating(false)} />}
      {deleting !== undefined && <DeleteTeam deleting={deleting} onClose={() => setDeleting(undefined)} />}
    </Page>
  )
}
