import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useMessages } from '../language/language.tsx'
import { serviceOf } from '../service/clients.ts'
import { problemsOf, statusOf, textOf } from '../service/failures.ts'
import { holdBack } from '../service/waiting.ts'
import { showToast } from '../ui/toasts.tsx'
import { SECONDS_TO_UNDO, sendDeletions } from './deletions.ts'
import { drafts, fieldKey, type Draft, type Field } from './drafts.ts'
import { messages } from './messages.ts'
import { invocationsQuery } from './queries.ts'
import { ChangedElsewhere, saveField, withField } from './save-field.ts'

interface Save {
  readonly field: Field
  readonly draft: Draft
}

/** Those on their way: who has written something and signs out at once does not lose it. */
const saves = new Set<Promise<unknown>>()
holdBack(() => Promise.all(saves))

/** Saves what was written in a field, and shows it as saved at once; what cannot be saved stays where it was written. */
export function useSaveField(team: number, bundle: string): (field: Field) => void {
  const say = useMessages(messages)
  const queryClient = useQueryClient()
  const { queryKey } = invocationsQuery(team, bundle)
  const mutationKey = keyOfSaves(team, bundle)

  const show = ({ invocation, name }: Field, text: string | undefined): void => {
    queryClient.setQueryData(queryKey, (invocations) =>
      invocations?.map((each) => (each.id === invocation ? withField(each, name, text ?? '') : each)),
    )
  }

  const { mutate, mutateAsync } = useMutation({
    mutationKey,
    async mutationFn({ field, draft }: Save) {
      // The URL may be that of an invocation that is on its way out.
      if (field.name === 'url') await sendDeletions(bundle)
      await saveField(serviceOf(team), field, draft)
    },
    async onMutate({ field, draft }) {
      drafts.set(fieldKey(field), { text: draft.text, base: draft.base, state: 'saving' })
      await queryClient.cancelQueries({ queryKey })
      show(field, draft.text)
    },
    onSuccess(_, { field, draft }) {
      const key = fieldKey(field)
      const now = drafts.get(key)
      const { base = '' } = draft
      if (draft.text === '') {
        showToast(
          {
            text: say('titleRemoved', { title: base }),
            action: {
              label: say('undo'),
              perform: () => mutate({ field, draft: { text: base, base: undefined, state: 'writing' } }),
            },
          },
          { seconds: SECONDS_TO_UNDO },
        )
      }
      if (now === undefined || now.text === draft.text) return drafts.set(key, undefined)
      // It was written on meanwhile.
      drafts.set(key, { ...now, base: draft.text === '' ? undefined : draft.text, state: 'writing' })
      return undefined
    },
    onError(error, { field, draft }) {
      const key = fieldKey(field)
      const { text } = drafts.get(key) ?? draft
      show(field, draft.base)
      if (error instanceof ChangedElsewhere) {
        show(field, error.theirs)
        drafts.set(key, { text, base: draft.base, state: 'changed elsewhere', theirs: error.theirs })
        showToast({ text: say('changedElsewhere') })
        return
      }
      const problems = problemsOf(error).filter(({ pointer }) => pointer?.startsWith('/data/attributes/'))
      const problem = problems.map(textOf).join(' ')
      drafts.set(key, {
        text,
        base: draft.base,
        ...(problem === '' ? { state: 'unsaved' } : { state: 'refused', problem }),
      })
      // The form to sign in says what it means when a session has ended.
      if (statusOf(error) !== 401) showToast({ text: `${say('notSaved')} ${say('textStays')}`, error })
    },
    async onSettled() {
      // The last of several reads what they have made together.
      if (queryClient.isMutating({ mutationKey }) === 1) await queryClient.invalidateQueries({ queryKey })
    },
  })

  // `mutateAsync` stays the same, and so does this: cells that nothing has changed in are not drawn again.
  return useCallback(
    (field) => {
      const draft = drafts.get(fieldKey(field))
      if (draft === undefined || draft.state === 'saving') return
      const save = mutateAsync({ field, draft })
        // What became of it is said above.
        .catch(() => undefined)
        .finally(() => saves.delete(save))
      saves.add(save)
    },
    [mutateAsync],
  )
}

const keyOfSaves = (team: number, bundle: string) => [...invocationsQuery(team, bundle).queryKey, 'save']

/** Whether what was written last is on its way, or there; undefined when it is neither. */
export function useSaveState(team: number, bundle: string): 'saving' | 'saved' | undefined {
  const states = useMutationState({
    filters: { mutationKey: keyOfSaves(team, bundle) },
    select: ({ state }) => state.status,
  })
  if (states.includes('pending')) return 'saving'
  return states.at(-1) === 'success' ? 'saved' : undefined
}
