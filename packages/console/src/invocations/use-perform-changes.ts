import type { Addition } from '@clipflight/plan'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMessages } from '../language/language.tsx'
import { serviceOf } from '../service/clients.ts'
import { useReason } from '../ui/use-reason.ts'
import { sendDeletions } from './deletions.ts'
import { messages } from './messages.ts'
import { placeOf } from './place-of.ts'
import { invocationsQuery } from './queries.ts'
import { ChangedElsewhere, saveField } from './save-field.ts'

interface Performing {
  readonly isPending: boolean
  /** Why changes were not made, by their places. */
  readonly reasons: ReadonlyMap<string, string>
  /** Makes the changes, one after the other. Resolves with how many were not made. */
  readonly perform: (changes: readonly Addition[]) => Promise<number>
}

export function usePerformChanges(team: number, bundle: string): Performing {
  const say = useMessages(messages)
  const reasonFor = useReason()
  const queryClient = useQueryClient()
  const [reasons, setReasons] = useState<ReadonlyMap<string, string>>(new Map())
  const [isPending, setPending] = useState(false)

  async function make(change: Addition): Promise<void> {
    const service = serviceOf(team)
    if (change.type === 'betaAppClipInvocationLocalizations') {
      const { locale, title } = change.after
      const base = change.op === 'update' ? change.before.title : undefined
      const field = { bundle, invocation: change.betaAppClipInvocation, name: locale }
      await saveField(service, field, { text: title, base, state: 'saving' })
    } else {
      await service.betaAppClipInvocations.create({ ...change.after, buildBundle: bundle })
    }
  }

  async function perform(changes: readonly Addition[]): Promise<number> {
    setPending(true)
    const failed = new Map<string, string>()
    // What is on its way out takes up room, and its URL.
    await sendDeletions(bundle)
    for (const change of changes) {
      try {
        await make(change)
      } catch (error) {
        failed.set(placeOf(change), error instanceof ChangedElsewhere ? say('changedElsewhere') : reasonFor(error))
      }
    }
    setReasons(failed)
    await queryClient.invalidateQueries({ queryKey: invocationsQuery(team, bundle).queryKey })
    setPending(false)
    return failed.size
  }

  return { isPending, reasons, perform }
}
