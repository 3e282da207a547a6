import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { NotFound } from '../app/not-found.tsx'
import { Page } from '../app/page.tsx'
import { pathTo } from '../app/paths.ts'
import { teamsQuery } from '../app/queries.ts'
import { Tabs } from '../app/tabs.tsx'
import { useMessages } from '../language/language.tsx'
import { useSession } from '../session/session.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { messages } from './messages.ts'
import './sandbox.css'

export interface SandboxPageProps {
  readonly team: number
  readonly title: string
  /** What can be done with all of the page. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The frame of all pages of a team's sandbox. Who may not control the service is told so instead of what is inside. */
export function SandboxPage({ team, title, actions, children }: SandboxPageProps) {
  const say = useMessages(messages)
  const { kind, control } = useSession()
  const mayEnter = kind === 'admin' && control
  const teams = useQuery({ ...teamsQuery, enabled: mayEnter })
  if (!mayEnter) return <Closed team={team} isOff={!control} />
  if (teams.data?.every((each) => each.team !== team) === true) return <NotFound />
  return (
    <Page title={title} actions={actions}>
      <Tabs
        label={say('sections')}
        tabs={[
          { label: say('log'), path: pathTo('sandboxLog', { team }) },
          { label: say('keys'), path: pathTo('sandboxKeys', { team }) },
          { label: say('faults'), path: pathTo('sandboxFaults', { team }) },
          { label: say('state'), path: pathTo('sandboxState', { team }) },
          { label: say('builds'), path: pathTo('sandboxBuilds', { team }) },
        ]}
      />
      {children}
    </Page>
  )
}

function Closed({ team, isOff }: { readonly team: number; readonly isOff: boolean }) {
  const say = useMessages(messages)
  return (
    <Page title={say('sections')}>
      <EmptyState
        title={say(isOff ? 'offTitle' : 'adminsTitle')}
        actions={
          <Link className="button" href={pathTo('apps', { team })}>
            {say('toApps')}
          </Link>
        }
      >
        {say(isOff ? 'offText' : 'adminsText')}
      </EmptyState>
    </Page>
  )
}
