import { useState, type ReactNode } from 'react'
import type { Build } from '../builds/queries.ts'
import { appClipsOf } from '../invocations/queries.ts'
import { useMessages } from '../language/language.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { messages } from './messages.ts'

type AppClip = Build['buildBundles'][number]

export interface OfClipProps {
  readonly build: Build
  readonly children: (clip: AppClip) => ReactNode
}

/** The App Clip of a build, which one chooses where there are several. */
export function OfClip({ build, children }: OfClipProps) {
  const say = useMessages(messages)
  const clips = appClipsOf(build)
  const [chosen, choose] = useState<string>()
  const clip = clips.find(({ id }) => id === chosen) ?? clips[0]
  if (clip === undefined) return <EmptyState title={say('noClipTitle')}>{say('noClipText')}</EmptyState>
  return (
    <>
      {clips.length > 1 && (
        <SelectField
          label={say('clip')}
          value={clip.id}
          onChange={choose}
          options={clips.map(({ id, bundleId }) => [id, bundleId ?? id] as const)}
        />
      )}
      {children(clip)}
    </>
  )
}
