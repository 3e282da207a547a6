import { useQueryClient } from '@tanstack/react-query'
import { useMessages } from '../language/language.tsx'
import { serviceOf } from '../service/clients.ts'
import { statusOf } from '../service/failures.ts'
import { showToast, type ShownToast } from '../ui/toasts.tsx'
import { useReason } from '../ui/use-reason.ts'
import { deletions, SECONDS_TO_UNDO } from './deletions.ts'
import { bundleKey, drafts } from './drafts.ts'
import { messages } from './messages.ts'
import { invocationsQuery, type Invocation } from './queries.ts'

interface Deleting {
  /** Shows an invocation as going away, and deletes it when the time to undo that is over. */
  readonly remove: (invocation: Invocation) => void
  readonly undo: (invocation: Invocation) => void
}

const toasts = new Map<string, ShownToast>()

export function useDelete(team: number, bundle: string): Deleting {
  const say = useMessages(messages)
  const reasonFor = useReason()
  const queryClient = useQueryClient()
  const { queryKey } = invocationsQuery(team, bundle)

  const undo = ({ id }: Invocation): void => {
    deletions.set(id, undefined)
    toasts.get(id)?.close()
  }

  async function send({ id, url }: Invocation): Promise<void> {
    try {
      await serviceOf(team).betaAppClipInvocations.delete(id)
    } catch (error) {
      // Somebody else has deleted it: all the better.
      if (statusOf(error) !== 404) {
        deletions.set(id, undefined)
        showToast({ text: `${say('notDeleted', { url })} ${reasonFor(error)}` })
        return
      }
    }
    await queryClient.cancelQueries({ queryKey })
    queryClient.setQueryData(queryKey, (invocations) => invocations?.filter((each) => each.id !== id))
    for (const [key] of drafts.entries()) if (key.startsWith(`${bundleKey(bundle)}${id}/`)) drafts.set(key, undefined)
    deletions.set(id, undefined)
    await queryClient.invalidateQueries({ queryKey })
  }

  return {
    undo,
    remove(invocation) {
      const { id, url } = invocation
      let sent: Promise<void> | undefined
      const sendOnce = (): Promise<void> => {
        sent ??= send(invocation)
        toasts.get(id)?.close()
        return sent
      }
      deletions.set(id, { bundle, send: sendOnce })
      const toast = showToast(
        { text: say('deleted', { url }), action: { label: say('undo'), perform: () => undo(invocation) } },
        {
          seconds: SECONDS_TO_UNDO,
          // However it goes: when its time is over, or somebody has read it and wants it gone.
          onClose: () => {
            toasts.delete(id)
            if (deletions.get(id) !== undefined) void sendOnce()
          },
        },
      )
      toasts.set(id, toast)
    },
  }
}
