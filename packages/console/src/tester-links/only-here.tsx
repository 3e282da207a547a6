import { useMessages } from '../language/language.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { messages } from './messages.ts'

/** Says that links made here are of no use elsewhere, and what makes them so. */
export function OnlyHere() {
  const say = useMessages(messages)
  const { port, host } = location
  const address = `http://${say('localAddress')}${port === '' ? '' : `:${port}`}`
  const command = `clipflight serve --host 0.0.0.0${port === '' ? '' : ` --port ${port}`} --public-url ${address}`
  return (
    <Notice title={say('localTitle')} tone="warning">
      <p>{say('localText', { host })}</p>
      <div className="toolbar">
        <code className="links-address" dir="ltr">
          {command}
        </code>
        <CopyButton text={command} label={say('localCopy')} />
      </div>
    </Notice>
  )
}
