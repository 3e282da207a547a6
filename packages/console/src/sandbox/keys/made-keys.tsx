import { keyFileName, writeFastlaneFile } from '@clipflight/contract'
import type { MadeKey } from '@clipflight/control'
import { useMessages } from '../../language/language.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { download } from '../../ui/download.ts'
import { messages } from './messages.ts'
import './keys.css'

export interface MadeKeysProps {
  readonly keys: readonly MadeKey[]
  readonly onClose: () => void
}

/** Keys that were just made, each to be taken along: nobody can show them again. */
export function MadeKeys({ keys, onClose }: MadeKeysProps) {
  const say = useMessages(messages)
  return (
    <Dialog title={say('madeTitle')} onClose={onClose} isKept>
      <p>{say('madeText')}</p>
      {keys.map((key) => (
        <Made key={key.id} made={key} />
      ))}
      <div className="dialog-buttons">
        <Button look="primary" onPress={onClose}>
          {say('done')}
        </Button>
      </div>
    </Dialog>
  )
}

function Made({ made }: { readonly made: MadeKey }) {
  const say = useMessages(messages)
  const { id, name, issuerId, roles, privateKey } = made
  return (
    <section className="made-key" aria-label={name === '' ? id : name}>
      <div className="toolbar">
        <strong>{name === '' ? id : name}</strong>
        {roles.map((role) => (
          <Badge key={role}>{role}</Badge>
        ))}
      </div>
      <dl className="made-key-facts">
        <dt>{say('keyId')}</dt>
        <dd>
          <code>{id}</code>
        </dd>
        <dd>
          <CopyButton text={id} label={say('copyKeyId')} />
        </dd>
        <dt>{say('issuer')}</dt>
        <dd>{issuerId === null ? <span className="quiet">{say('noIssuer')}</span> : <code>{issuerId}</code>}</dd>
        <dd>{issuerId !== null && <CopyButton text={issuerId} label={say('copyIssuer')} />}</dd>
      </dl>
      <pre className="made-key-text" tabIndex={0} aria-label={say('privateKey')}>
        {privateKey}
      </pre>
      <div className="toolbar">
        <Button onPress={() => download(keyFileName(id), privateKey, 'application/pkcs8')}>{say('downloadP8')}</Button>
        <Button onPress={() => download(`${id}.json`, writeFastlaneFile(made), 'application/json')}>
          {say('downloadFastlane')}
        </Button>
      </div>
    </section>
  )
}
