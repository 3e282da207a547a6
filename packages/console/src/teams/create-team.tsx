import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { teamsQuery } from '../app/queries.ts'
import { useMessages } from '../language/language.tsx'
import { control } from '../service/clients.ts'
import { problemAt } from '../service/failures.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Failure } from '../ui/failure.tsx'
import { messages as ui } from '../ui/messages.ts'
import { SelectField } from '../ui/select-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { showToast } from '../ui/toasts.tsx'
import { useReadFile } from '../ui/use-read-file.ts'
import { MadeKeys } from '../sandbox/keys/made-keys.tsx'
import { messages } from './messages.ts'

interface SeedFile {
  readonly name: string
  readonly text: string
}

/** A form for a new team; then its keys, this once. */
export function CreateTeam({ onClose }: { readonly onClose: () => void }) {
  const say = useMessages(messages)
  const sayOfUi = useMessages(ui)
  const readFile = useReadFile()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [seed, setSeed] = useState('demo')
  const [file, setFile] = useState<SeedFile>()
  const [isChecked, setChecked] = useState(false)
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: (text: string) =>
      control.createTeam({ seed: text, ...(name.trim() === '' ? {} : { name: name.trim() }) }),
    onSuccess: (made) => {
      showToast({ text: say('created', { name: made.name }) })
      if (made.keys.length === 0) onClose()
      return queryClient.invalidateQueries({ queryKey: teamsQuery.queryKey })
    },
  })
  if (data !== undefined) return <MadeKeys keys={data.keys} onClose={onClose} />
  const ofName = problemAt(error, '/name')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setChecked(true)
    const text = seed === 'file' ? file?.text : seed
    if (text !== undefined) mutate(text)
  }
  const take = async (chosen: File | undefined): Promise<void> => {
    const read = await readFile(chosen, async (each) => ({ name: each.name, text: await each.text() }))
    if (read !== undefined) setFile(read)
  }
  return (
    <Dialog title={say('createTitle')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <TextField
          label={say('name')}
          hint={say('nameHint')}
          autoComplete="off"
          value={name}
          onChange={setName}
          refusal={ofName}
          autoFocus
        />
        <SelectField
          label={say('seed')}
          value={seed}
          onChange={setSeed}
          options={[
            ['demo', say('demo')],
            ['none', say('none')],
            ['file', say('file')],
          ]}
          problem={isChecked && seed === 'file' && file === undefined ? say('noFile') : undefined}
        />
        {seed === 'file' && (
          <div className="toolbar">
            <FileTrigger acceptedFileTypes={['.yaml', '.yml', '.json']} onSelect={(files) => void take(files?.[0])}>
              <Button>{say('chooseFile')}</Button>
            </FileTrigger>
            {file !== undefined && <code>{file.name}</code>}
          </div>
        )}
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
