import type { Change } from '@clipflight/plan'
import { useMessages } from '../language/language.tsx'
import { messages } from './messages.ts'

const SIGNS = { create: '+', update: '~', delete: '−' } as const

/** The kind of a change: a sign for the eye, a word for the ear. */
export function ChangeSign({ op }: { readonly op: Change['op'] }) {
  const say = useMessages(messages)
  return (
    <span className="change-sign" data-op={op} title={say(op)}>
      <span aria-hidden="true">{SIGNS[op]}</span>
      <span className="visually-hidden">{say(op)}</span>
    </span>
  )
}
