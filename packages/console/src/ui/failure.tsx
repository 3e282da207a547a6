import { useMessages } from '../language/language.tsx'
import { isUnreachable } from '../service/failures.ts'
import { Button } from './button.tsx'
import { messages } from './messages.ts'
import { Notice } from './notice.tsx'
import { Reason } from './reason.tsx'

export interface FailureProps {
  readonly error: unknown
  readonly onTryAgain?: () => void
}

/** Says why something did not work, and lets it be tried again. */
export function Failure({ error, onTryAgain }: FailureProps) {
  const say = useMessages(messages)
  return (
    <Notice title={say('wentWrong')} tone="danger">
      <p>
        <Reason error={error} /> {isUnreachable(error) && say('nothingLost')}
      </p>
      {onTryAgain !== undefined && (
        <div>
          <Button onPress={onTryAgain}>{say('tryAgain')}</Button>
        </div>
      )}
    </Notice>
  )
}
