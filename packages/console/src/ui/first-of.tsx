import type { ReactNode } from 'react'
import { useCount, useMessages } from '../language/language.tsx'
import { messages } from './messages.ts'

/** Nobody reads more, and a list of thousands takes the page away from who wrote it. */
const MOST = 100

export interface FirstOfProps<T> {
  readonly items: readonly T[]
  /** An `li` with a key. */
  readonly children: (item: T) => ReactNode
}

/** The first items of a list that may be very long, and how many more there are. */
export function FirstOf<T>({ items, children }: FirstOfProps<T>) {
  const say = useMessages(messages)
  const count = useCount()
  const more = items.length - MOST
  return (
    <>
      {items.slice(0, MOST).map(children)}
      {more > 0 && <li>{say('more', { count: count(more) })}</li>}
    </>
  )
}
