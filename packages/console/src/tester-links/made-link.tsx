import type { MadeTesterLink } from '@clipflight/control'
import { useEffect, useRef } from 'react'
import { useMessages } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { messages } from './messages.ts'

export interface MadeLinkProps {
  readonly link: MadeTesterLink
  readonly onDone: () => void
}

/** A link that was just made: what opens it is to be seen this once. */
export function MadeLink({ link: { path }, onDone }: MadeLinkProps) {
  const say = useMessages(messages)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const address = new URL(path, location.origin).href
  return (
    <div className="links-made">
      <div className="stack">
        <h3 ref={heading} tabIndex={-1}>
          {say('madeTitle')}
        </h3>
        <p>{say('madeText')}</p>
        <code className="links-address" dir="ltr">
          {address}
        </code>
        <div className="toolbar">
          <CopyButton text={address} label={say('copyLink')} />
          <a className="button" href={address} target="_blank" rel="noreferrer">
            {say('openLink')}
          </a>
          <Button look="quiet" onPress={onDone}>
            {say('done')}
          </Button>
        </div>
        {isThisComputer(location.hostname) && <OnlyHere />}
      </div>
      <figure>
        <QrCode text={address} label={say('qrLabel')} />
        <figcaption className="quiet">{say('qrText')}</figcaption>
      </figure>
    </div>
  )
}

/** Says that the link is of no use elsewhere, and what makes it so. */
function OnlyHere() {
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

/** Whether a host is reached from this machine only. RFC 6761, RFC 1122 and RFC 4291. */
function isThisComputer(host: string): boolean {
  return host === '[::1]' || /^(?:.+\.)?localhost$|^127\.\d+\.\d+\.\d+$/.test(host)
}
