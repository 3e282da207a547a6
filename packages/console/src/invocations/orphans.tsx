import { useMessages } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { bundleKey, drafts, nameIn, NEW } from './drafts.ts'
import { messages } from './messages.ts'
import type { Invocation } from './queries.ts'

export interface OrphansProps {
  readonly bundle: string
  readonly invocations: readonly Invocation[]
}

/** What was written for invocations that are gone meanwhile: nobody but its author may throw it away. */
export function Orphans({ bundle, invocations }: OrphansProps) {
  const say = useMessages(messages)
  const keys = drafts.useKeys(bundleKey(bundle)).split('\n')
  const orphans = keys.flatMap((key) => {
    const [, invocation = NEW] = key.split('/')
    const name = nameIn(key)
    const draft = drafts.get(key)
    const isThere = invocation === NEW || invocations.some(({ id }) => id === invocation)
    return isThere || draft === undefined || draft.text === '' ? [] : [{ key, name, text: draft.text }]
  })
  if (orphans.length === 0) return null
  return (
    <Notice title={say('orphansTitle')} tone="warning">
      <p>{say('orphansText')}</p>
      <ul className="line-problems">
        {orphans.map(({ key, name, text }) => (
          <li key={key}>
            <code>{name}</code> <bdi lang={name === 'url' ? undefined : name}>{text}</bdi>
          </li>
        ))}
      </ul>
      <div className="toolbar">
        <CopyButton text={orphans.map(({ name, text }) => `${name},${text}`).join('\n')} label={say('orphansText')} />
        <Button onPress={() => orphans.forEach(({ key }) => drafts.set(key, undefined))}>{say('discard')}</Button>
      </div>
    </Notice>
  )
}
