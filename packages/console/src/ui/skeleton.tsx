import { useMessages } from '../language/language.tsx'
import { messages } from './messages.ts'

export interface SkeletonProps {
  /** In rem. */
  readonly height: number
  /** What is on its way, where that is worth saying. */
  readonly label?: string
}

/** Takes the room of what is on its way, so that nothing moves when it comes. */
export function Skeleton({ height, label }: SkeletonProps) {
  const say = useMessages(messages)
  return (
    <div role="status">
      <span className="visually-hidden">{label ?? say('loading')}</span>
      <div className="skeleton" style={{ height: `${height}rem` }} />
    </div>
  )
}
