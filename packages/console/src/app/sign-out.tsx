import { lazy, Suspense, useState } from 'react'
import { useMessages } from '../language/language.tsx'
import { sendWaiting } from '../service/waiting.ts'
import { wouldLose } from '../session/at-sign-out.ts'
import { useSignOut } from '../session/session.tsx'
import { Button } from '../ui/button.tsx'
import { showToast } from '../ui/toasts.tsx'
import { messages } from './messages.ts'

// Loaded when it is asked, as few ever are.
const loadQuestion = () => import('../ui/confirmation.tsx')
const Confirmation = lazy(() => loadQuestion().then((room) => ({ default: room.Confirmation })))

/** Ends the session once all is saved that can be; where something would be lost, it asks before. */
export function SignOut() {
  const say = useMessages(messages)
  const signOut = useSignOut()
  const [isAsking, setAsking] = useState(false)
  const sayThatNot = (): unknown => showToast({ text: say('notSignedOut') })

  async function begin(): Promise<void> {
    await sendWaiting()
    if (wouldLose()) await loadQuestion().then(() => setAsking(true), sayThatNot)
    else await signOut().catch(sayThatNot)
  }

  return (
    <>
      <Button look="quiet" onPress={() => void begin()}>
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M8 3H4v14h4M8.5 10H17M13.5 6l4 4-4 4" />
        </svg>
        <span>{say('signOut')}</span>
      </Button>
      {isAsking && (
        <Suspense>
          <Confirmation
            title={say('unsavedTitle')}
            onClose={() => setAsking(false)}
            action={say('signOut')}
            onConfirm={() => {
              setAsking(false)
              void signOut().catch(sayThatNot)
            }}
          >
            <p>{say('unsavedText')}</p>
          </Confirmation>
        </Suspense>
      )}
    </>
  )
}
