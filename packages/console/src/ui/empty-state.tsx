import type { ReactNode } from 'react'

export interface EmptyStateProps {
  readonly title: string
  readonly children: ReactNode
  /** What to do about it. */
  readonly actions?: ReactNode
}

/** Stands where there is nothing yet, and says what belongs there and how it gets there. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <h2>{title}</h2>
      <p>{children}</p>
      {actions !== undefined && <div className="toolbar">{actions}</div>}
    </div>
  )
}
