import { useState, type ReactNode } from 'react'
import { useMessages } from '../language/language.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { appClipsOf, type AppClip } from './app-clips.ts'
import { messages } from './messages.ts'
import { NoAppClip } from './no-app-clip.tsx'
import type { Build } from './queries.ts'

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
  if (clip === undefined) return <NoAppClip />
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
