import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useMessages, useMoment } from '../../language/language.tsx'
import { control } from '../../service/clients.ts'
import { problemAt, statusOf } from '../../service/failures.ts'
import { sendWaiting } from '../../service/waiting.ts'
import { Button } from '../../ui/button.tsx'
import { Confirmation } from '../../ui/confirmation.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { messages } from './messages.ts'
import { snapshotsQuery } from './queries.ts'

interface Asking {
  readonly name: string
  readonly about: 'restore' | 'remove'
}

/** The states of a team that were kept under a name. */
export function SnapshotsCard({ team }: { readonly team: number }) {
  const say = useMessages(messages)
  const write = useMoment()
  const { data: snapshots, error, refetch } = useQuery(snapshotsQuery(team))
  const [asking, setAsking] = useState<Asking>()
  return (
    <section className="card" aria-labelledby="snapshots">
      <div className="card-body stack">
        <h2 id="snapshots">{say('snapshots')}</h2>
        <p className="quiet">{say('snapshotsAbout')}</p>
        <SaveSnapshot team={team} taken={(snapshots ?? []).map((each) => each.name)} />
        {error !== null && <Failure error={error} onTryAgain={() => void refetch()} />}
        {snapshots === undefined && error === null && <Skeleton height={1.5} />}
        {snapshots?.length === 0 && <p className="quiet">{say('snapshotsNone')}</p>}
      </div>
      {snapshots !== undefined && snapshots.length > 0 && (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('name')}</th>
                <th scope="col">{say('saved')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {snapshots.map(({ name, savedAt }) => (
                <tr key={name}>
                  <td>{name}</td>
                  <td>{write(savedAt, 'time')}</td>
                  <td>
                    <span className="toolbar state-actions">
                      <Button
                        aria-label={`${say('restore')} ${name}`}
                        onPress={() => setAsking({ name, about: 'restore' })}
                      >
                        {say('restore')}
                      </Button>
                      <Button
                        look="danger"
                        aria-label={`${say('remove')} ${name}`}
                        onPress={() => setAsking({ name, about: 'remove' })}
                      >
                        {say('remove')}
                      </Button>
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asking !== undefined && <Question team={team} {...asking} onClose={() => setAsking(undefined)} />}
    </section>
  )
}

interface SaveSnapshotProps {
  readonly team: number
  /** Names that snapshots have: saving under one of them replaces what it has. */
  readonly taken: readonly string[]
}

function SaveSnapshot({ team, taken }: SaveSnapshotProps) {
  const say = useMessages(messages)
  const queryClient = useQueryClient()
  const [written, setWritten] = useState('')
  const [isAsking, setAsking] = useState(false)
  const name = written.trim()
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      await sendWaiting()
      return control.saveSnapshot({ team, name })
    },
    onSuccess: (saved) => {
      setWritten('')
      showToast({ text: say('savedNow', { name: saved.name }) })
      return queryClient.invalidateQueries({ queryKey: snapshotsQuery(team).queryKey })
    },
  })
  const ofName = problemAt(error, '/name')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (taken.includes(name)) setAsking(true)
    else mutate()
  }
  return (
    <>
      <form className="clock-form" onSubmit={submit}>
        <TextField
          label={say('name')}
          hint={say('nameHint')}
          autoComplete="off"
          value={written}
          onChange={setWritten}
          refusal={ofName}
        />
        <Button type="submit" isPending={isPending}>
          {say('save')}
        </Button>
      </form>
      {error !== null && ofName === undefined && <Failure error={error} />}
      {isAsking && (
        <Confirmation
          title={say('replaceTitle', { name })}
          onClose={() => setAsking(false)}
          action={say('replace')}
          onConfirm={() => {
            setAsking(false)
            mutate()
          }}
        >
          <p>{say('replaceText')}</p>
        </Confirmation>
      )}
    </>
  )
}

function Question({ team, name, about, onClose }: Asking & { readonly team: number; readonly onClose: () => void }) {
  const say = useMessages(messages)
  const queryClient = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      if (about === 'remove') return control.deleteSnapshot({ team, snapshot: name })
      // A deletion that comes later would take away what was restored.
      await sendWaiting()
      return control.restoreSnapshot({ team, snapshot: name })
    },
    onSuccess: () => {
      onClose()
      if (about === 'restore') showToast({ text: say('restored', { name }) })
      return queryClient.invalidateQueries({ queryKey: ['team', team] })
    },
    // Somebody else deleted it.
    onError: (reason) => {
      if (statusOf(reason) === 404) void queryClient.invalidateQueries({ queryKey: snapshotsQuery(team).queryKey })
    },
  })
  return (
    <Confirmation
      title={say(`${about}Title`, { name })}
      onClose={onClose}
      action={say(about)}
      onConfirm={() => mutate()}
      isPending={isPending}
      error={error}
    >
      <p>{say(`${about}Text`)}</p>
    </Confirmation>
  )
}
