import { useInfiniteQuery } from '@tanstack/react-query'
import { buildsQuery, type Build } from './queries.ts'

/** The latest builds of an app besides one of them; undefined while they are on their way. */
export function useOtherBuilds(team: number, { id, app }: Build) {
  const { data, ...query } = useInfiniteQuery(buildsQuery(team, app.id))
  return { ...query, found: data?.pages.flatMap(({ items }) => items).filter((each) => each.id !== id) }
}
