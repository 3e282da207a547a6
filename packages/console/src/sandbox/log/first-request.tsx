import { useMessages } from '../../language/language.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { messages } from './messages.ts'

/** Says how to send the first request. */
export function FirstRequest() {
  const say = useMessages(messages)
  const program = 'clipflight exec -- clipflight apps list'
  const curl = `curl ${location.origin}/v1/apps --header "Authorization: Bearer $(clipflight auth token --local)"`
  return (
    <EmptyState title={say('emptyTitle')}>
      {say('emptyText')}
      <span className="log-ways">
        <Way about={say('emptyCommand')} command={program} />
        <Way about={say('emptyCurl')} command={curl} />
      </span>
      {say('emptyKeys')}
    </EmptyState>
  )
}

function Way({ about, command }: { readonly about: string; readonly command: string }) {
  const say = useMessages(messages)
  return (
    <span className="log-way">
      <span>{about}</span>
      <span className="log-command">
        <code>{command}</code>
        <CopyButton text={command} label={say('copyCommand')} />
      </span>
    </span>
  )
}
