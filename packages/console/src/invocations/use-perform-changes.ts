import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMessages } from '../language/language.tsx'
import { serviceOf } from '../service/clients.ts'
import { useReason } from '../ui/use-reason.ts'
import type { Change } from './change.ts'
import { sendDeletions } from './deletions.ts'
import { messages } from './messages.ts'
import { invocationsQuery } from './queries.ts'
import { ChangedElsewhere, saveField } from './save-field.ts'

interface Performing {
  readonly isPending: boolean
  /** Why changes were not made, by their keys. */
  readonly reasons: ReadonlyMap<string, string>
  /** Makes the changes, one after the other. Resolves with how many were made. */
  readonly perform: (changes: readonly Change[]) => Promise<number>
}

export function usePerformChanges(team: number, bundle: string): Performing {
  const say = useMessages(messages)
  const reasonFor = useReason()
  const queryClient = useQueryClient()
  const [reasons, setReasons] = useState<ReadonlyMap<string, string>>(new Map())
  const [isPending, setPending] = useState(false)

  async function make(change: Change): Promise<void> {
    const service = serviceOf(team)
    if (change.kind === 'add') {
      await service.betaAppClipInvocations.create({ url: change.url, buildBundle: bundle, titles: change.titles })
    } else {
      const { invocation, locale, from, to } = change
      await saveField(service, { bundle, invocation, name: locale }, { text: to, base: from, state: 'saving' })
    }
  }

  async function perform(changes: readonly Change[]): Promise<number> {
    setPending(true)
    const failed = new Map<string, string>()
    // What is on its way out takes up room, and its URL.
    await sendDeletions(bundle)
    for (const change of changes) {
      try {
        await make(change)
      } catch (error) {
        failed.set(change.key, error instanceof ChangedElsewhere ? say('changedElsewhere') : reasonFor(error))
      }
    }
    setReasons(failed)
    await queryClient.invalidateQueries({ queryKey: invocationsQuery(team, bundle).queryKey })
    setPending(false)
    return changes.length - failed.size
  }

  return { isPending, reasons, perform }
}
