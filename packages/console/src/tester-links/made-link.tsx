import type { MadeTesterLink } from '@clipflight/control'
import { useEffect, useRef } from 'react'
import { useMessages } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { isThisComputer } from './is-this-computer.ts'
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
      </div>
      {/* A code for a phone that cannot follow it would mislead. */}
      {!isThisComputer(location.hostname) && (
        <figure>
          <QrCode text={address} label={say('qrLabel')} />
          <figcaption className="quiet">{say('qrText')}</figcaption>
        </figure>
      )}
    </div>
  )
}
