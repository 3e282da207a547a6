import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'

export interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly width?: 'wide'
  readonly children: ReactNode
  /** For what must be answered. */
  readonly role?: 'alertdialog'
  /** For what is gone with the dialog: neither Escape nor a press beside it closes it, only its own button does. */
  readonly isKept?: boolean
}

/** A question or a form in front of the page, which waits behind it. It is open while it is there; Escape closes it. */
export function Dialog({ title, onClose, width, role, isKept = false, children }: DialogProps) {
  return (
    <ModalOverlay
      className="dialog-ground"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      isDismissable={!isKept}
      isKeyboardDismissDisabled={isKept}
    >
      <Modal className="dialog-frame" {...(width === undefined ? {} : { 'data-width': width })}>
        <AriaDialog className="dialog" role={role ?? 'dialog'}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
