import type { TesterLink } from '@clipflight/control'
import { useState } from 'react'
import { useMessages, useMoment } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { Confirmation } from '../ui/confirmation.tsx'
import { showToast } from '../ui/toasts.tsx'
import { messages } from './messages.ts'
import { useRevokeTesterLink } from './mutations.ts'

export interface LinkTableProps {
  readonly team: number
  readonly build: string
  readonly links: readonly TesterLink[]
}

/** The links that open, each with a way to revoke it. */
export function LinkTable({ team, build, links }: LinkTableProps) {
  const say = useMessages(messages)
  const write = useMoment()
  const [asked, ask] = useState<TesterLink>()
  const nameOf = (link: TesterLink): string => link.name ?? say('unnamed')
  const { mutate } = useRevokeTesterLink(team, build, {
    onRevoked: (link) => showToast({ text: say('revoked', { name: nameOf(link) }) }),
    onFailed: (link, error) => showToast({ text: say('notRevoked', { name: nameOf(link) }), error }),
  })
  const revoke = (link: TesterLink): void => {
    ask(undefined)
    mutate(link)
  }
  return (
    <div className="card table-scroll">
      <table className="table links-table">
        <thead>
          <tr>
            <th scope="col">{say('whom')}</th>
            <th scope="col">{say('created')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <tr key={link.id}>
              <td className="links-name" dir="auto">
                {link.name ?? <span className="quiet">{say('unnamed')}</span>}
              </td>
              <td className="links-created">{write(link.createdAt, 'time')}</td>
              <td className="links-revoke">
                <Button look="danger" aria-label={say('revokeOf', { name: nameOf(link) })} onPress={() => ask(link)}>
                  {say('revoke')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked !== undefined && (
        <Confirmation
          title={say('revokeTitle')}
          onClose={() => ask(undefined)}
          action={say('revoke')}
          onConfirm={() => revoke(asked)}
        >
          <p>{say('revokeText', { name: nameOf(asked), date: write(asked.createdAt) })}</p>
        </Confirmation>
      )}
    </div>
  )
}
