import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Fault } from '@clipflight/control'
import { isSpent } from '@clipflight/control/is-spent'
import { lazy, Suspense, useState } from 'react'
import type { PageParameters } from '../../app/page-parameters.ts'
import { useCount, useMessages } from '../../language/language.tsx'
import { control } from '../../service/clients.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirmation } from '../../ui/confirmation.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { messages as frame } from '../messages.ts'
import { SandboxPage } from '../sandbox-page.tsx'
import { messages } from './messages.ts'
import { Presets } from './presets.tsx'
import { faultsQuery } from './queries.ts'
import { HowOften, Matched } from './rule-summary.tsx'
import './faults.css'

/** With the schema of rules, which nothing before needs. */
const RuleEditor = lazy(() => import('./rule-editor.tsx').then((room) => ({ default: room.RuleEditor })))

/** What goes wrong on purpose: what is at work, what can be switched on, and rules of one's own. */
export function FaultsPage({ team }: PageParameters) {
  const sayOfFrame = useMessages(frame)
  const say = useMessages(messages)
  const { data, error, refetch } = useQuery(faultsQuery(team))
  return (
    <SandboxPage team={team} title={sayOfFrame('faults')}>
      {error !== null && <Failure error={error} onTryAgain={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Skeleton height={24} />
      ) : (
        <>
          <Active team={team} faults={data.faults} />
          <Presets team={team} faults={data.faults} />
          <Suspense fallback={<Skeleton height={24} />}>
            <RuleEditor team={team} />
          </Suspense>
          <p className="quiet">{say('seed', { seed: data.seed })}</p>
        </>
      )}
    </SandboxPage>
  )
}

function Active({ team, faults }: { readonly team: number; readonly faults: readonly Fault[] }) {
  const say = useMessages(messages)
  const count = useCount()
  const queryClient = useQueryClient()
  const { queryKey } = faultsQuery(team)
  const [isAsking, setAsking] = useState(false)
  // One for all teams is not this team's to remove with the rest.
  const own = faults.filter(({ match }) => match.team === team)
  const refresh = () => queryClient.invalidateQueries({ queryKey })
  const remove = useMutation({
    mutationFn: (fault: string) => control.deleteFault({ fault }),
    onMutate: async (fault) => {
      await queryClient.cancelQueries({ queryKey })
      const before = queryClient.getQueryData(queryKey)
      queryClient.setQueryData(queryKey, (known) =>
        known === undefined ? known : { ...known, faults: known.faults.filter(({ id }) => id !== fault) },
      )
      return before
    },
    onError: (error, fault, before) => {
      queryClient.setQueryData(queryKey, before)
      showToast({ text: say('notSwitched', { name: fault }), error })
    },
    onSettled: refresh,
  })
  const removeAll = useMutation({
    mutationFn: () => control.deleteFaults({ team }),
    onSuccess: async () => {
      setAsking(false)
      await refresh()
    },
  })
  return (
    <section className="card" aria-labelledby="active-faults">
      <div className="card-body stack">
        <div className="card-title">
          <h2 id="active-faults">{say('active')}</h2>
          {own.length > 0 && <Button onPress={() => setAsking(true)}>{say('takeAll')}</Button>}
        </div>
        {faults.length === 0 && <p className="quiet">{say('activeNone')}</p>}
      </div>
      {faults.length > 0 && (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('fault')}</th>
                <th scope="col">{say('requests')}</th>
                <th scope="col">{say('often')}</th>
                <th scope="col">{say('hits')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {faults.map((fault) => (
                <tr key={fault.id}>
                  <td>
                    <span className="toolbar">
                      {fault.preset === undefined ? say('ownRule') : <code>{fault.preset}</code>}
                      {fault.match.team === undefined && <Badge tone="warning">{say('forAll')}</Badge>}
                    </span>
                    {fault.preset === undefined && <code className="fault-then">{JSON.stringify(fault.then)}</code>}
                  </td>
                  <td>
                    <Matched match={fault.match} then={fault.then} />
                  </td>
                  <td>
                    <HowOften when={fault.when} />
                  </td>
                  <td>
                    <span className="toolbar">
                      {say('struck', { struck: count(fault.struck), matched: count(fault.matched) })}
                      {isSpent(fault) && <Badge>{say('spent')}</Badge>}
                    </span>
                  </td>
                  <td className="fault-actions">
                    <Button
                      aria-label={`${say('takeAway')} ${fault.preset ?? fault.id}`}
                      onPress={() => remove.mutate(fault.id)}
                    >
                      {say('takeAway')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isAsking && (
        <Confirmation
          title={say('takeAllTitle')}
          onClose={() => setAsking(false)}
          action={say('takeAll')}
          onConfirm={() => removeAll.mutate()}
          isPending={removeAll.isPending}
          error={removeAll.error}
        >
          <p>{say(own.length < faults.length ? 'othersStay' : 'takeAllText')}</p>
        </Confirmation>
      )}
    </section>
  )
}
