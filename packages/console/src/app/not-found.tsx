import { Link } from 'wouter'
import { useMessages } from '../language/language.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { messages } from './messages.ts'
import { pathTo } from './paths.ts'

/** An address that leads to nothing that may be seen. */
export function NotFound() {
  const say = useMessages(messages)
  return (
    <EmptyState
      title={say('notFoundTitle')}
      actions={
        <Link className="button" href={pathTo('home')}>
          {say('toStart')}
        </Link>
      }
    >
      {say('notFoundText')}
    </EmptyState>
  )
}
