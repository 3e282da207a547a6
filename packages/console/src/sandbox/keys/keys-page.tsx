import type { Key } from '@clipflight/control'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { pathTo } from '../../app/paths.ts'
import type { PageParameters } from '../../app/page-parameters.ts'
import { useCount, useMessages, useMoment } from '../../language/language.tsx'
import { control } from '../../service/clients.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Confirmation } from '../../ui/confirmation.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { messages as frame } from '../messages.ts'
import { SandboxPage } from '../sandbox-page.tsx'
import { CreateKey } from './create-key.tsx'
import { messages } from './messages.ts'
import { budgetQuery, keysQuery } from './queries.ts'
import './keys.css'

/** The keys of a team: what they may do, what is left of their hour, new ones and revoking. */
export function KeysPage({ team }: PageParameters) {
  const sayOfFrame = useMessages(frame)
  const say = useMessages(messages)
  const [isCreating, setCreating] = useState(false)
  return (
    <SandboxPage
      team={team}
      title={sayOfFrame('keys')}
      actions={
        <Button look="primary" onPress={() => setCreating(true)}>
          {say('create')}
        </Button>
      }
    >
      <Keys team={team} />
      {isCreating && <CreateKey team={team} onClose={() => setCreating(false)} />}
    </SandboxPage>
  )
}

function Keys({ team }: { readonly team: number }) {
  const say = useMessages(messages)
  const { data: keys, error, refetch } = useQuery(keysQuery(team))
  const [withRevoked, setWithRevoked] = useState(false)
  const [revoking, setRevoking] = useState<Key>()
  if (error !== null) return <Failure error={error} onTryAgain={() => void refetch()} />
  if (keys === undefined) return <Skeleton height={12} />
  const shown = keys.filter(({ revoked }) => withRevoked || !revoked)
  return (
    <>
      {shown.length === 0 ? (
        <EmptyState title={say('emptyTitle')}>{say('emptyText')}</EmptyState>
      ) : (
        <div className="card table-scroll">
          <table className="table keys">
            <thead>
              <tr>
                <th scope="col">{say('key')}</th>
                <th scope="col">{say('roles')}</th>
                <th scope="col">{say('kind')}</th>
                <th scope="col">{say('budget')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {shown.map((key) => (
                <KeyRow key={key.id} team={team} shown={key} onRevoke={() => setRevoking(key)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {keys.some(({ revoked }) => revoked) && (
        <div>
          <Checkbox isSelected={withRevoked} onChange={setWithRevoked}>
            {say('showRevoked')}
          </Checkbox>
        </div>
      )}
      {revoking !== undefined && <Revoke team={team} shown={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  )
}

interface KeyRowProps {
  readonly team: number
  readonly shown: Key
  readonly onRevoke: () => void
}

function KeyRow({ team, shown, onRevoke }: KeyRowProps) {
  const say = useMessages(messages)
  const { id, name, roles, individual, revoked } = shown
  const log = `${pathTo('sandboxLog', { team })}?key=${encodeURIComponent(id)}`
  return (
    <tr>
      <th scope="row">
        <span className="key-name">
          {name === '' ? <span className="quiet">{say('noName')}</span> : name}
          <code>{id}</code>
        </span>
      </th>
      <td>
        <span className="key-roles">
          {roles.map((role) => (
            <Badge key={role}>{role}</Badge>
          ))}
        </span>
      </td>
      <td>{say(individual ? 'ofOne' : 'ofTeam')}</td>
      <td className="key-budget">{revoked ? null : <Budget team={team} id={id} />}</td>
      <td className="key-actions">
        {revoked ? (
          <Badge tone="danger">{say('revoked')}</Badge>
        ) : (
          <span className="toolbar">
            <Link href={log} aria-label={`${say('requests')} ${name || id}`}>
              {say('requests')}
            </Link>
            <Button look="danger" aria-label={`${say('revoke')} ${name || id}`} onPress={onRevoke}>
              {say('revoke')}
            </Button>
          </span>
        )}
      </td>
    </tr>
  )
}

function Budget({ team, id }: { readonly team: number; readonly id: string }) {
  const say = useMessages(messages)
  const count = useCount()
  const write = useMoment()
  const { data } = useQuery(budgetQuery(team, id))
  if (data === undefined) return null
  if (data === null) return <span className="quiet">{say('budgetUnknown')}</span>
  const { at, limit, remaining } = data
  if (limit === undefined) return <span>{say('budgetNone')}</span>
  const share = limit === 0 ? 0 : remaining / limit
  return (
    <>
      <span className="key-meter" aria-hidden="true" data-low={share < 0.1}>
        <span style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span>{say('budgetLeft', { left: count(remaining), limit: count(limit) })}</span>
      <span className="quiet">{say('budgetAt', { at: write(at, 'time') })}</span>
    </>
  )
}

interface RevokeProps {
  readonly team: number
  readonly shown: Key
  readonly onClose: () => void
}

function Revoke({ team, shown: { id, name }, onClose }: RevokeProps) {
  const say = useMessages(messages)
  const queryClient = useQueryClient()
  const called = name === '' ? id : name
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => control.revokeKey({ team, key: id }),
    onSuccess: () => {
      onClose()
      showToast({ text: say('revokedNow', { key: called }) })
      return queryClient.invalidateQueries({ queryKey: keysQuery(team).queryKey })
    },
  })
  return (
    <Confirmation
      title={say('revokeTitle', { key: called })}
      onClose={onClose}
      action={say('revoke')}
      onConfirm={() => mutate()}
      isPending={isPending}
      error={error}
    >
      <p>{say('revokeText')}</p>
    </Confirmation>
  )
}
