import { ROLES } from '@clipflight/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useMessages } from '../../language/language.tsx'
import { control } from '../../service/clients.ts'
import { problemAt } from '../../service/failures.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { messages as ui } from '../../ui/messages.ts'
import { TextField } from '../../ui/text-field.tsx'
import { MadeKeys } from './made-keys.tsx'
import { messages } from './messages.ts'
import { keysQuery } from './queries.ts'

type Role = (typeof ROLES)[number]

/** A form for a new key; then the key itself, this once. */
export function CreateKey({ team, onClose }: { readonly team: number; readonly onClose: () => void }) {
  const say = useMessages(messages)
  const sayOfUi = useMessages(ui)
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<readonly Role[]>(['APP_MANAGER'])
  const [individual, setIndividual] = useState(false)
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: () =>
      control.createKey({
        team,
        ...(name.trim() === '' ? {} : { name: name.trim() }),
        ...(roles.length === 0 ? {} : { roles: [...roles] }),
        individual,
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keysQuery(team).queryKey }),
  })
  if (data !== undefined) return <MadeKeys keys={[data]} onClose={onClose} />
  const ofName = problemAt(error, '/name')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    mutate()
  }
  return (
    <Dialog title={say('createTitle')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <TextField
          label={say('name')}
          hint={say('nameHint')}
          value={name}
          onChange={setName}
          refusal={ofName}
          autoFocus
        />
        <fieldset className="key-choice">
          <legend>{say('roles')}</legend>
          <p className="quiet">{say('rolesHint')}</p>
          {ROLES.map((role) => (
            <Checkbox
              key={role}
              isSelected={roles.includes(role)}
              onChange={(isSelected) =>
                setRoles((before) => (isSelected ? [...before, role] : before.filter((each) => each !== role)))
              }
            >
              {role}
            </Checkbox>
          ))}
        </fieldset>
        <Checkbox isSelected={individual} onChange={setIndividual}>
          {say('individual')}
        </Checkbox>
        {error !== null && ofName === undefined && <Failure error={error} />}
        <div className="dialog-buttons">
          <Button onPress={onClose}>{sayOfUi('cancel')}</Button>
          <Button type="submit" look="primary" isPending={isPending}>
            {say('make')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
