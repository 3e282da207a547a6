import type { Fault, Output } from '@clipflight/control'
import { isSpent } from '@clipflight/control/is-spent'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMessages } from '../../language/language.tsx'
import { control } from '../../service/clients.ts'
import { Failure } from '../../ui/failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { messages } from './messages.ts'
import { faultsQuery, presetsQuery } from './queries.ts'
import { HowOften, Matched } from './rule-summary.tsx'

type Preset = Output<'listPresets'>['presets'][number]

export interface PresetsProps {
  readonly team: number
  readonly faults: readonly Fault[]
}

/** The faults that Apple's service was seen to show, each with a switch. */
export function Presets({ team, faults }: PresetsProps) {
  const say = useMessages(messages)
  const { data: presets, error, refetch } = useQuery(presetsQuery)
  const [words, setWords] = useState('')
  const found = presets?.filter((preset) => isAbout(preset, words))
  return (
    <section className="card" aria-labelledby="presets">
      <div className="card-body stack">
        <div className="card-title">
          <h2 id="presets">{say('presets')}</h2>
          <TextField
            label={say('search')}
            type="search"
            placeholder={say('searchHint')}
            value={words}
            onChange={setWords}
          />
        </div>
        {error !== null && <Failure error={error} onTryAgain={() => void refetch()} />}
        {presets === undefined && error === null && <Skeleton height={30} />}
        {found?.length === 0 && <p className="quiet">{say('noPreset')}</p>}
      </div>
      <ul className="presets" aria-labelledby="presets">
        {found?.map((preset) => (
          <PresetRow
            key={preset.name}
            team={team}
            preset={preset}
            faults={faults.filter((fault) => fault.preset === preset.name && fault.match.team === team)}
          />
        ))}
      </ul>
    </section>
  )
}

/** Whether all the words are in what the preset is called, says or answers. */
function isAbout({ name, description, then }: Preset, words: string): boolean {
  const text = `${name} ${description} ${then.answer?.status ?? ''} ${then.answer?.code ?? ''}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

interface PresetRowProps {
  readonly team: number
  readonly preset: Preset
  /** Those that were set up by it for this team. One for all teams is not this team's to switch. */
  readonly faults: readonly Fault[]
}

function PresetRow({ team, preset, faults }: PresetRowProps) {
  const say = useMessages(messages)
  const queryClient = useQueryClient()
  const { name, description, match, when, then } = preset
  const { mutate, variables, isPending } = useMutation({
    mutationFn: async (isOn: boolean) => {
      // What has struck as often as it was to would never strike again.
      await Promise.all(faults.map(({ id }) => control.deleteFault({ fault: id })))
      if (isOn) await control.createFault({ preset: name, match: { team } })
    },
    onError: (error) => showToast({ text: say('notSwitched', { name }), error }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: faultsQuery(team).queryKey }),
  })
  const isOn = isPending ? variables : faults.some((fault) => !isSpent(fault))
  return (
    <li className="preset">
      <div>
        <code>{name}</code>
        <p lang="en">{description}</p>
      </div>
      <span className="preset-when quiet">
        <Matched match={match} then={then} /> · <HowOften when={when} />
      </span>
      {/* Not disabled meanwhile, which would take the focus away. */}
      <Switch
        aria-label={name}
        isSelected={isOn}
        isReadOnly={isPending}
        onChange={(isSelected) => mutate(isSelected)}
      />
    </li>
  )
}
