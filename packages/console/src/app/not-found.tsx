import { Link } from 'wouter'
import { useMessages } from '../language/language.tsx'
import { messages } from './messages.ts'
import { Page } from './page.tsx'
import { pathTo } from './paths.ts'

/** An address that leads to nothing that may be seen. */
export function NotFound() {
  const say = useMessages(messages)
  return (
    <Page title={say('notFoundTitle')}>
      <p>{say('notFoundText')}</p>
      <div className="toolbar">
        <Link className="button" href={pathTo('home')}>
          {say('toStart')}
        </Link>
      </div>
    </Page>
  )
}
