import { useMessages } from '../language/language.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { messages } from './messages.ts'

/** Stands where the App Clip of a build would. */
export function NoAppClip() {
  const say = useMessages(messages)
  return <EmptyState title={say('noClipTitle')}>{say('noClipText')}</EmptyState>
}
