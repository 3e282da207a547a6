import type { ReactNode } from 'react'
import { useMessages } from '../language/language.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Failure } from './failure.tsx'
import { messages } from './messages.ts'

export interface ConfirmationProps {
  readonly title: string
  readonly onClose: () => void
  /** What is done, in a word or two. */
  readonly action: string
  readonly onConfirm: () => void
  readonly isPending?: boolean
  /** Why it did not work the last time; null when it was not tried. */
  readonly error?: unknown
  readonly isDisabled?: boolean
  readonly children: ReactNode
}

/** Asks, while it is there, before something is done that cannot be undone. */
export function Confirmation(props: ConfirmationProps) {
  const { title, onClose, action, onConfirm, isPending = false, error = null, isDisabled = false, children } = props
  const say = useMessages(messages)
  return (
    <Dialog title={title} onClose={onClose} role="alertdialog">
      {children}
      {error !== null && <Failure error={error} />}
      <div className="dialog-buttons">
        {/* Whoever answers too fast has changed nothing. What must be written first has the focus itself. */}
        <Button onPress={onClose} autoFocus={!isDisabled}>
          {say('cancel')}
        </Button>
        <Button look="danger" isPending={isPending} isDisabled={isDisabled} onPress={onConfirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
