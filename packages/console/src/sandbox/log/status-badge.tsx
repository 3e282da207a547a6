import { useMessages } from '../../language/language.tsx'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { messages } from './messages.ts'

function toneOf(status: number | null): Tone {
  if (status === null || status >= 500) return 'danger'
  return status >= 400 ? 'warning' : 'good'
}

/** The status of an answer, or that there was none. */
export function StatusBadge({ status }: { readonly status: number | null }) {
  const say = useMessages(messages)
  return <Badge tone={toneOf(status)}>{status ?? say('cut')}</Badge>
}
