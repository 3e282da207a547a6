import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { TesterLink } from '@clipflight/control'
import { control } from '../service/clients.ts'
import { testerLinksQuery } from './queries.ts'

/** Makes a link; what opens it is in the answer and nowhere else. */
export function useCreateTesterLink(team: number, build: string) {
  const queryClient = useQueryClient()
  const { queryKey } = testerLinksQuery(team, build)
  return useMutation({
    mutationFn: (name: string) => control.createTesterLink({ team, build, ...(name === '' ? {} : { name }) }),
    onSuccess: ({ id, createdAt, name }) => {
      const made = { id, createdAt, ...(name === undefined ? {} : { name }) }
      queryClient.setQueryData(queryKey, (links: TesterLink[] = []) => [made, ...links])
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  })
}

export interface Revoking {
  readonly onRevoked: (link: TesterLink) => void
  readonly onFailed: (link: TesterLink, error: Error) => void
}

/** Revokes a link: it leaves the list at once, and comes back when the service does not do it. */
export function useRevokeTesterLink(team: number, build: string, { onRevoked, onFailed }: Revoking) {
  const queryClient = useQueryClient()
  const { queryKey } = testerLinksQuery(team, build)
  return useMutation({
    mutationFn: ({ id: link }: TesterLink) => control.revokeTesterLink({ team, link }),
    onMutate: async ({ id }) => {
      await queryClient.cancelQueries({ queryKey })
      const before = queryClient.getQueryData(queryKey)
      queryClient.setQueryData(queryKey, (links: TesterLink[] = []) => links.filter((link) => link.id !== id))
      return before
    },
    onSuccess: (_, link) => onRevoked(link),
    onError: (error, link, before) => {
      queryClient.setQueryData(queryKey, before)
      onFailed(link, error)
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  })
}
