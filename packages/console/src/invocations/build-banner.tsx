import type { Build } from '../builds/queries.ts'
import { useMessages } from '../language/language.tsx'
import { Notice } from '../ui/notice.tsx'
import { messages } from './messages.ts'

/** Says of a build that testers cannot have what that means for its invocations. */
export function BuildBanner({ build: { expired, processingState } }: { readonly build: Build }) {
  const say = useMessages(messages)
  if (expired) {
    return (
      <Notice title={say('expiredTitle')} tone="warning">
        <p>{say('expiredText')}</p>
      </Notice>
    )
  }
  if (processingState === 'VALID') return null
  const isOver = processingState !== 'PROCESSING'
  return (
    <Notice title={say(isOver ? 'brokenTitle' : 'processingTitle')} tone={isOver ? 'warning' : 'accent'}>
      <p>{say(isOver ? 'brokenText' : 'processingText')}</p>
    </Notice>
  )
}
