import { useMessages } from '../language/language.tsx'
import { isUnreachable, reasonOf } from '../service/failures.ts'
import { messages } from './messages.ts'

/** Says why something did not work: in the service's own words, or that there was no answer. */
export function useReason(): (error: unknown) => string {
  const say = useMessages(messages)
  return (error) => (isUnreachable(error) ? say('unreachable') : reasonOf(error))
}
