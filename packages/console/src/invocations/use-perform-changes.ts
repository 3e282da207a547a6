import type { Addition } from '@clipflight/plan'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { serviceOf } from '../service/clients.ts'
import { sendDeletions } from './deletions.ts'
import { placeOf } from './place-of.ts'
import { invocationsQuery } from './queries.ts'
import { saveField } from './save-field.ts'

type Errors = ReadonlyMap<string, unknown>

interface Performed {
  /** How many changes were made. */
  readonly made: number
  readonly errors: Errors
  /** Whether who asked for it has it still in front of them. */
  readonly isSeen: boolean
}

interface Performing {
  readonly isPending: boolean
  /** Why changes were not made, by their places. */
  readonly errors: Errors
  /** Makes the changes, one after the other. Begins none once what asked for it has gone. */
  readonly perform: (changes: readonly Addition[]) => Promise<Performed>
}

export function usePerformChanges(team: number, bundle: string): Performing {
  const queryClient = useQueryClient()
  const [errors, setErrors] = useState<Errors>(new Map())
  const [isPending, setPending] = useState(false)
  const isSeen = useRef(false)
  useEffect(() => {
    isSeen.current = true
    return () => void (isSeen.current = false)
  }, [])

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

  async function perform(changes: readonly Addition[]): Promise<Performed> {
    setPending(true)
    const failed = new Map<string, unknown>()
    let made = 0
    // What is on its way out takes up room, and its URL.
    await sendDeletions(bundle)
    for (const change of changes) {
      if (!isSeen.current) break
      try {
        await make(change)
        made += 1
      } catch (error) {
        failed.set(placeOf(change), error)
      }
    }
    setErrors(failed)
    await queryClient.invalidateQueries({ queryKey: invocationsQuery(team, bundle).queryKey })
    setPending(false)
    return { made, errors: failed, isSeen: isSeen.current }
  }

  return { isPending, errors, perform }
}
