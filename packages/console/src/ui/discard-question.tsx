import { useMessages } from '../language/language.tsx'
import { Confirmation } from './confirmation.tsx'
import { messages } from './messages.ts'

export interface DiscardQuestionProps {
  readonly onClose: () => void
  readonly onDiscard: () => void
}

/** Asks, while it is there, before something else takes the place of what was written. */
export function DiscardQuestion({ onClose, onDiscard }: DiscardQuestionProps) {
  const say = useMessages(messages)
  return (
    <Confirmation title={say('discardTitle')} onClose={onClose} action={say('discard')} onConfirm={onDiscard}>
      <p>{say('discardText')}</p>
    </Confirmation>
  )
}
