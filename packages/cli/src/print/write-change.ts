import type { Change } from '@clipflight/plan'
import type { Paint } from './paint.ts'
import { showText } from './show-text.ts'

/** What stands before a change in text. */
export const SIGNS = { create: '+', update: '~', delete: '-' } as const
const COLORS = { create: 'add', update: 'change', delete: 'remove' } as const

export function colorOf(op: Change['op'], paint: Paint): (text: string) => string {
  return (text) => paint[COLORS[op]](text)
}

/** One request of a plan on one line, such as `~ https://a.example → https://b.example`. */
export function writeChange(change: Change, paint: Paint): string {
  return `${colorOf(change.op, paint)(SIGNS[change.op])} ${showText(describe(change))}`
}

function describe(change: Change): string {
  if (change.type === 'betaAppClipInvocations') {
    if (change.op === 'update') return `${change.before.url} → ${change.after.url}`
    return change.op === 'create' ? change.after.url : change.before.url
  }
  const { locale, title } = change.op === 'delete' ? change.before : change.after
  const words = change.op === 'update' ? `${change.before.title} → ${title}` : title
  return `${change.url}  ${locale}  ${words}`
}
