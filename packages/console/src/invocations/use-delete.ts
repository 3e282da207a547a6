import { useQueryClient } from '@tanstack/react-query'
import { useMessages } from '../language/language.tsx'
import { serviceOf } from '../service/clients.ts'
import { statusOf } from '../service/failures.ts'
import { showToast, type ShownToast } from '../ui/toasts.tsx'
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
  const queryClient = useQueryClient()
  const { queryKey } = invocationsQuery(team, bundle)

  const undo = ({ id }: Invocation): void => {
    if (deletions.get(id)?.isSent) return
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
        showToast({ text: say('notDeleted', { url }), error })
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
        if (sent === undefined) {
          deletions.set(id, { ...deletion, isSent: true })
          sent = send(invocation)
        }
        toasts.get(id)?.close()
        return sent
      }
      const deletion = { bundle, send: sendOnce }
      const end = Date.now() + SECONDS_TO_UNDO * 1000
      deletions.set(id, deletion)
      const toast = showToast(
        { text: say('toBeDeleted', { url }), action: { label: say('undo'), perform: () => undo(invocation) } },
        {
          seconds: SECONDS_TO_UNDO,
          // It stays longer while somebody is at it, and who wants it out of sight has not given up the time to undo.
          onClose: () => {
            toasts.delete(id)
            setTimeout(() => {
              if (deletions.get(id) === deletion) void sendOnce()
            }, end - Date.now())
          },
        },
      )
      toasts.set(id, toast)
    },
  }
}
