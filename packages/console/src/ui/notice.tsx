import type { ReactNode } from 'react'
import type { Tone } from './badge.tsx'

export interface NoticeProps {
  readonly title: string
  readonly tone?: Tone
  readonly children?: ReactNode
}

/** Says what happened, where it matters. What went wrong is read out at once. */
export function Notice({ title, tone, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      <strong>{title}</strong>
      {children}
    </div>
  )
}
