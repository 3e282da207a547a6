import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { useMessages } from '../../language/language.tsx'
import { control } from '../../service/clients.ts'
import { sendWaiting } from '../../service/waiting.ts'
import { Button } from '../../ui/button.tsx'
import { Confirmation } from '../../ui/confirmation.tsx'
import { download } from '../../ui/download.ts'
import { Failure } from '../../ui/failure.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { useReadFile } from '../../ui/use-read-file.ts'
import { messages } from './messages.ts'

interface SeedFile {
  readonly file: string
  readonly seed: string
}

/** All data of a team at once: back to the seed, into a file, and from one. */
export function DataCard({ team }: { readonly team: number }) {
  const say = useMessages(messages)
  const readFile = useReadFile()
  const [isResetting, setResetting] = useState(false)
  const [importing, setImporting] = useState<SeedFile>()
  const writing = useMutation({
    mutationFn: async () => {
      await sendWaiting()
      return control.exportSeed({ team })
    },
    onSuccess: (text) => download(`team-${team}.yaml`, text, 'application/yaml'),
  })
  const take = async (file: File | undefined): Promise<void> => {
    const read = await readFile(file, async (chosen) => ({ file: chosen.name, seed: await chosen.text() }))
    if (read !== undefined) setImporting(read)
  }
  return (
    <section className="card" aria-labelledby="data">
      <div className="card-body stack">
        <h2 id="data">{say('data')}</h2>
        <p className="quiet">{say('dataAbout')}</p>
        <div className="toolbar">
          <Button isPending={writing.isPending} onPress={() => writing.mutate()}>
            {say('export')}
          </Button>
          <FileTrigger acceptedFileTypes={['.yaml', '.yml', '.json']} onSelect={(files) => void take(files?.[0])}>
            <Button>{say('import')}</Button>
          </FileTrigger>
          <Button look="danger" onPress={() => setResetting(true)}>
            {say('reset')}
          </Button>
        </div>
        {writing.error !== null && <Failure error={writing.error} />}
      </div>
      {isResetting && <Reset team={team} onClose={() => setResetting(false)} />}
      {importing !== undefined && <Import team={team} {...importing} onClose={() => setImporting(undefined)} />}
    </section>
  )
}

interface QuestionProps {
  readonly team: number
  readonly onClose: () => void
}

function Reset({ team, onClose }: QuestionProps) {
  const say = useMessages(messages)
  const { mutate, isPending, error } = useReplacing(team, () => control.resetTeam({ team }), say('resetDone'), onClose)
  return (
    <Confirmation
      title={say('resetTitle')}
      onClose={onClose}
      action={say('reset')}
      onConfirm={() => mutate()}
      isPending={isPending}
      error={error}
    >
      <p>{say('resetText')}</p>
    </Confirmation>
  )
}

function Import({ team, file, seed, onClose }: QuestionProps & SeedFile) {
  const say = useMessages(messages)
  const plant = () => control.seedTeam({ team, seed })
  const { mutate, isPending, error } = useReplacing(team, plant, say('imported', { file }), onClose)
  return (
    <Confirmation
      title={say('importTitle', { file })}
      onClose={onClose}
      action={say('importAction')}
      onConfirm={() => mutate()}
      isPending={isPending}
      error={error}
    >
      <p>{say('importText')}</p>
    </Confirmation>
  )
}

/** Replaces all data of a team: whatever the page knew of it is looked up again. */
function useReplacing(team: number, replace: () => Promise<undefined>, done: string, onClose: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      // A deletion that comes later would take away what has come instead.
      await sendWaiting()
      await replace()
    },
    onSuccess: () => {
      onClose()
      showToast({ text: done })
      return queryClient.invalidateQueries({ queryKey: ['team', team] })
    },
  })
}
