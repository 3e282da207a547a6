import type { ReactNode } from 'react'
import { useMessages } from '../language/language.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Failure } from './failure.tsx'
import { messages } from './messages.ts'

export interface ConfirmationProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  /** What is done, in a word or two. */
  readonly action: string
  readonly onConfirm: () => void
  readonly isPending: boolean
  /** Why it did not work the last time; null when it was not tried. */
  readonly error: unknown
  readonly isDisabled?: boolean
  readonly children: ReactNode
}

/** Asks before something is done that cannot be undone. */
export function Confirmation(props: ConfirmationProps) {
  const { title, isOpen, onClose, action, onConfirm, isPending, error, isDisabled = false, children } = props
  const say = useMessages(messages)
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} role="alertdialog">
      {children}
      {error !== null && error !== undefined && <Failure error={error} />}
      <div className="dialog-buttons">
        <Button onPress={onClose}>{say('cancel')}</Button>
        <Button look="danger" isPending={isPending} isDisabled={isDisabled} onPress={onConfirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
