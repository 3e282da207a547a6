import type { Addition } from '@clipflight/plan'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { serviceOf } from '../service/clients.ts'
import { sendDeletions } from './deletions.ts'
import { placeOf } from './place-of.ts'
import { invocationsQuery } from './queries.ts'
import { saveField } from './save-field.ts'

interface Performing {
  readonly isPending: boolean
  /** Why changes were not made, by their places. */
  readonly errors: ReadonlyMap<string, unknown>
  /** Makes the changes, one after the other. Resolves with how many were not made. */
  readonly perform: (changes: readonly Addition[]) => Promise<number>
}

export function usePerformChanges(team: number, bundle: string): Performing {
  const queryClient = useQueryClient()
  const [errors, setErrors] = useState<ReadonlyMap<string, unknown>>(new Map())
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
    const failed = new Map<string, unknown>()
    // What is on its way out takes up room, and its URL.
    await sendDeletions(bundle)
    for (const change of changes) {
      try {
        await make(change)
      } catch (error) {
        failed.set(placeOf(change), error)
      }
    }
    setErrors(failed)
    await queryClient.invalidateQueries({ queryKey: invocationsQuery(team, bundle).queryKey })
    setPending(false)
    return failed.size
  }

  return { isPending, errors, perform }
}
