import type { Team } from '@clipflight/control'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { teamsQuery } from '../app/queries.ts'
import { useMessages } from '../language/language.tsx'
import { control } from '../service/clients.ts'
import { Confirmation } from '../ui/confirmation.tsx'
import { TextField } from '../ui/text-field.tsx'
import { showToast } from '../ui/toasts.tsx'
import { messages } from './messages.ts'

export interface DeleteTeamProps {
  readonly deleting: Team
  readonly onClose: () => void
}

/** Asks for the name of a team before all of it is deleted. */
export function DeleteTeam({ deleting: { team, name }, onClose }: DeleteTeamProps) {
  const say = useMessages(messages)
  const queryClient = useQueryClient()
  const [typed, setTyped] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => control.deleteTeam({ team }),
    onSuccess: () => {
      onClose()
      showToast({ text: say('deleted', { name }) })
      queryClient.removeQueries({ queryKey: ['team', team] })
      return queryClient.invalidateQueries({ queryKey: teamsQuery.queryKey })
    },
  })
  return (
    <Confirmation
      title={say('deleteTitle', { name })}
      onClose={onClose}
      action={say('delete')}
      onConfirm={() => mutate()}
      isPending={isPending}
      isDisabled={typed.trim() !== name.trim()}
      error={error}
    >
      <p>{say('deleteText')}</p>
      <TextField label={say('typeName', { name })} autoComplete="off" value={typed} onChange={setTyped} autoFocus />
    </Confirmation>
  )
}
