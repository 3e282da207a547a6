import { useMessages } from '../language/language.tsx'
import { isUnreachable, reasonOf } from '../service/failures.ts'
import { messages } from './messages.ts'

/** Says why something did not work: in the service's own words, which are English, or that there was no answer. */
export function Reason({ error }: { readonly error: unknown }) {
  const say = useMessages(messages)
  return isUnreachable(error) ? say('unreachable') : <span lang="en">{reasonOf(error)}</span>
}
