import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { buildsQuery, type Build } from '../builds/queries.ts'
import { useMessages } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failure } from '../ui/failure.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { messages } from './messages.ts'

export interface BuildChoiceProps {
  readonly team: number
  readonly build: Build
  /** Chosen already, even if it is not among the latest. */
  readonly other: Build | undefined
  readonly chosen: string
  readonly onChoose: (build: string) => void
  /** What can be done with the two. */
  readonly children?: ReactNode
}

/** The other builds of the app, to choose one to compare with. */
export function BuildChoice({ team, build, other, chosen, onChoose, children }: BuildChoiceProps) {
  const say = useMessages(messages)
  const builds = useInfiniteQuery(buildsQuery(team, build.app.id))
  const found = builds.data?.pages.flatMap(({ items }) => items).filter(({ id }) => id !== build.id)
  if (builds.error !== null) return <Failure error={builds.error} onTryAgain={() => void builds.refetch()} />
  if (found === undefined) return <Skeleton height={4} />
  if (found.length === 0 && other === undefined && !builds.hasNextPage)
    return <EmptyState title={say('noOtherTitle')}>{say('noOtherText')}</EmptyState>
  const known = found.some(({ id }) => id === other?.id) || other === undefined ? found : [other, ...found]
  const options = known.map(
    ({ id, version: number, preReleaseVersion: { version } }) => [id, say('buildName', { version, number })] as const,
  )
  return (
    <div className="compare-choice">
      <SelectField
        label={say('with')}
        value={chosen}
        onChange={onChoose}
        options={chosen === '' ? [['', say('choose')], ...options] : options}
      />
      {builds.hasNextPage && (
        <Button isPending={builds.isFetchingNextPage} onPress={() => void builds.fetchNextPage()}>
          {say('more')}
        </Button>
      )}
      {children}
    </div>
  )
}
