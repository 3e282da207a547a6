import { useMessages } from '../language/language.tsx'
import { Badge, type Tone } from '../ui/badge.tsx'
import { messages } from './messages.ts'

const TONES = { VALID: 'good', PROCESSING: 'accent', FAILED: 'danger', INVALID: 'danger' } as const satisfies Record<
  string,
  Tone
>

export interface BuildStateProps {
  readonly processingState: keyof typeof TONES
  readonly expired: boolean
}

/** Whether testers can have a build. */
export function BuildState({ processingState, expired }: BuildStateProps) {
  const say = useMessages(messages)
  if (expired) return <Badge tone="warning">{say('expired')}</Badge>
  return <Badge tone={TONES[processingState]}>{say(processingState)}</Badge>
}
