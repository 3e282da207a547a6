import type { ReactNode } from 'react'

export type Tone = 'good' | 'warning' | 'danger' | 'accent'

/** A word on the state of something. */
export function Badge({ tone, children }: { readonly tone?: Tone | undefined; readonly children: ReactNode }) {
  return (
    <span className="badge" data-tone={tone}>
      {children}
    </span>
  )
}
