import { Text } from 'react-aria-components/Text'
import {
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components/Toast'
import { useMessages } from '../language/language.tsx'
import { messages } from './messages.ts'
import { Button } from './button.tsx'
import { Reason } from './reason.tsx'

export interface ToastMessage {
  readonly text: string
  /** Why, where something did not work. */
  readonly error?: unknown
  /** One thing that can be done about it while it shows. */
  readonly action?: { readonly label: string; readonly perform: () => void }
}

const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 4 })

export interface ShownToast {
  close(): void
}

/** Shows a message for some seconds; longer while the pointer or the focus is on it. `onClose` runs however it goes. */
export function showToast(message: ToastMessage, options: { seconds?: number; onClose?: () => void } = {}): ShownToast {
  const { seconds = 6, onClose } = options
  const key = queue.add(message, { timeout: seconds * 1000, ...(onClose === undefined ? {} : { onClose }) })
  return { close: () => queue.close(key) }
}

/** Says how much room they take: see `.dialog-ground`. */
function measure(region: HTMLElement | null): (() => void) | undefined {
  if (region === null) return undefined
  const { style } = document.documentElement
  const observer = new ResizeObserver(() => style.setProperty('--toasts', `${region.offsetHeight}px`))
  observer.observe(region)
  return () => observer.disconnect()
}

/** Where messages show. */
export function Toasts() {
  const say = useMessages(messages)
  return (
    <ToastRegion ref={measure} queue={queue} className="toasts" aria-label={say('toasts')}>
      {({ toast }) => (
        <Toast toast={toast} className="toast">
          <ToastContent>
            <Text slot="title">
              {toast.content.text} {toast.content.error !== undefined && <Reason error={toast.content.error} />}
            </Text>
          </ToastContent>
          {toast.content.action !== undefined && (
            <Button
              onPress={() => {
                toast.content.action?.perform()
                queue.close(toast.key)
              }}
            >
              {toast.content.action.label}
            </Button>
          )}
          <Button slot="close" look="quiet" aria-label={say('dismiss')}>
            ✕
          </Button>
        </Toast>
      )}
    </ToastRegion>
  )
}
