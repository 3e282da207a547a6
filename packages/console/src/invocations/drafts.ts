import { forgetAtSignOut } from '../session/at-sign-out.ts'
import { createKeyedStore } from './keyed-store.ts'

/** What somebody has written and the service does not have yet. */
export interface Draft {
  readonly text: string
  /** What the service had when the writing began; undefined where it had nothing. */
  readonly base: string | undefined
  readonly state: 'writing' | 'saving' | 'refused' | 'unsaved' | 'changed elsewhere'
  /** Why it was refused, in the service's words. */
  readonly problem?: string
  /** What was written elsewhere in the meantime; undefined when it was taken away. */
  readonly theirs?: string | undefined
}

const STORED = 'clipflight-drafts'

/** By the keys of `fieldKey` and `newFieldKey`. It lives as long as the tab does, however often the page is loaded. */
export const drafts = createKeyedStore<Draft>(readStored())

// Only now, and not at each key that is pressed.
addEventListener('pagehide', () => {
  const entries = drafts.entries()
  if (entries.length === 0) sessionStorage.removeItem(STORED)
  else sessionStorage.setItem(STORED, JSON.stringify(entries))
})

/** Whether something was written that the service does not have. */
function hasUnsent(): boolean {
  return drafts.entries().some(([, { text, base = '' }]) => text !== base)
}

forgetAtSignOut(() => {
  for (const [key] of drafts.entries()) drafts.set(key, undefined)
  sessionStorage.removeItem(STORED)
}, hasUnsent)

function readStored(): [string, Draft][] {
  try {
    // Erasure: nothing but the line above writes there.
    const entries = JSON.parse(sessionStorage.getItem(STORED) ?? '[]') as [string, Draft][]
    // Nothing is sent before somebody has seen it again.
    const isOpen = ({ state }: Draft): boolean => state === 'saving' || state === 'writing'
    return entries.map(([key, draft]) => [key, isOpen(draft) ? { ...draft, state: 'unsaved' } : draft])
  } catch {
    return []
  }
}

/** Where a text belongs: the URL of an invocation, or its title in a locale. */
export interface Field {
  readonly bundle: string
  readonly invocation: string
  readonly name: 'url' | (string & {})
}

export function fieldKey({ bundle, invocation, name }: Field): string {
  return `${bundle}/${invocation}/${name}`
}

/** All keys of drafts of one bundle begin so. */
export function bundleKey(bundle: string): string {
  return `${bundle}/`
}

/** The name of the field that a key is of. */
export function nameIn(key: string): Field['name'] {
  return key.split('/')[2] ?? ''
}

/** In place of an id: the invocation that is about to be added. */
export const NEW = 'new'
