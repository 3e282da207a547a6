import { CONSOLE_KEY } from '@clipflight/control/console-key'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useSearchParams } from 'wouter'
import { pathTo } from '../../app/paths.ts'
import type { PageParameters } from '../../app/page-parameters.ts'
import { useCount, useMessages } from '../../language/language.tsx'
import { announce } from '../../ui/announce.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Switch } from '../../ui/switch.tsx'
import { messages as frame } from '../messages.ts'
import { SandboxPage } from '../sandbox-page.tsx'
import { FirstRequest } from './first-request.tsx'
import { isFiltering, readFilter, toTest, writeFilter, type LogFilter } from './log-filter.ts'
import { LogFilterFields } from './log-filter-fields.tsx'
import { messages } from './messages.ts'
import { RequestDetails } from './request-details.tsx'
import { RequestList } from './request-list.tsx'
import { createRequestLog, type SeenRequests } from './request-log.ts'
import './log.css'

/** Every request of a team as it is answered, and one of them in full. */
export function LogPage({ team }: PageParameters) {
  const sayOfFrame = useMessages(frame)
  return (
    <SandboxPage team={team} title={sayOfFrame('log')}>
      <Log key={team} team={team} />
    </SandboxPage>
  )
}

function useRequests(team: number): SeenRequests {
  const [log] = useState(() => createRequestLog(team))
  useEffect(() => log.follow(), [log])
  return useSyncExternalStore(log.subscribe, log.read)
}

function Log({ team }: { readonly team: number }) {
  const say = useMessages(messages)
  const count = useCount()
  const seen = useRequests(team)
  const [search, setSearch] = useSearchParams()
  const text = search.toString()
  const filter = useMemo(() => readFilter(new URLSearchParams(text)), [text])
  const opened = search.get('request')
  const [isFollowing, setFollowing] = useState(opened === null)
  const { path, method, status, key, failed, own } = filter
  const test = useMemo(
    () => toTest({ path, method, status, key, failed, own }),
    [path, method, status, key, failed, own],
  )
  const shown = useMemo(() => seen.requests.filter(test), [seen.requests, test])
  const change = (changed: Partial<LogFilter>): void =>
    setSearch((before) => writeFilter(before, changed), { replace: true })
  const all = seen.requests.length
  const others =
    own || key === CONSOLE_KEY ? all : seen.requests.filter((request) => request.key !== CONSOLE_KEY).length
  const counts = { shown: count(shown.length), all: others }

  // Not with every request that comes: of a busy service nothing else could be heard.
  const found = isFiltering(filter) && seen.connection !== 'opening' ? say('shown', counts) : undefined
  const latest = useRef(found)
  latest.current = found
  useEffect(() => {
    if (latest.current !== undefined) announce(latest.current)
  }, [test])

  function addressOf(request: string | null): string {
    const changed = new URLSearchParams(search)
    if (request === null) changed.delete('request')
    else changed.set('request', request)
    const query = changed.toString()
    return `${pathTo('sandboxLog', { team })}${query === '' ? '' : `?${query}`}`
  }

  if (seen.connection === 'opening') return <Skeleton height={30} />
  if (all === 0 && seen.error !== null) return <Failure error={seen.error} />
  return (
    <div className="log-room" data-open={opened !== null}>
      <LogFilterFields team={team} filter={filter} requests={seen.requests} onChange={change} />
      <div className="toolbar log-bar">
        <Connection seen={seen} />
        <span className="quiet">
          {isFiltering(filter) ? say('shown', counts) : say('count', { all: counts.all })}
          {seen.hasDropped && ` ${say('hasDropped')}`}
        </span>
        <Switch isSelected={isFollowing} onChange={setFollowing}>
          {say('follow')}
        </Switch>
      </div>
      {others === 0 && opened === null ? (
        <FirstRequest />
      ) : (
        <div className="log" data-open={opened !== null}>
          {shown.length === 0 ? (
            <EmptyState
              title={say('noMatchTitle')}
              actions={
                <Button onPress={() => change({ path: '', method: '', status: '', key: '', failed: false })}>
                  {say('clear')}
                </Button>
              }
            >
              {say('noMatchText')}
            </EmptyState>
          ) : (
            <RequestList
              requests={shown}
              filter={filter}
              opened={opened}
              addressOf={addressOf}
              isFollowing={isFollowing}
              onFollow={setFollowing}
            />
          )}
          {opened !== null && (
            <RequestDetails
              key={opened}
              team={team}
              request={seen.requests.find(({ id }) => id === opened)}
              closing={addressOf(null)}
            />
          )}
        </div>
      )}
    </div>
  )
}

function Connection({ seen: { connection } }: { readonly seen: SeenRequests }) {
  const say = useMessages(messages)
  if (connection === 'open') return <Badge tone="good">{say('live')}</Badge>
  return <Badge tone="warning">{say(connection)}</Badge>
}
