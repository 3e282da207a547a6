import type { ReactNode } from 'react'

export interface InsteadProps {
  readonly title: string
  readonly children: ReactNode
}

/** Stands where a build would, and says why there is none. */
export function Instead({ title, children }: InsteadProps) {
  return (
    <div className="tester-instead">
      <h1>{title}</h1>
      {children}
    </div>
  )
}
