import { queryOptions } from '@tanstack/react-query'
import { control } from '../service/clients.ts'

/** The links for testers of a build, the latest first. */
export function testerLinksQuery(team: number, build: string) {
  return queryOptions({
    queryKey: ['team', team, 'builds', build, 'tester-links'],
    queryFn: async ({ signal }) => {
      const { links } = await control.listTesterLinks({ team, build }, { signal })
      return links.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))
    },
  })
}
