import type { ReactNode } from 'react'
import { useMessages, useMoment } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failure } from '../ui/failure.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { messages } from './messages.ts'
import type { Build } from './queries.ts'
import { useBuildName } from './use-build-name.ts'
import { useOtherBuilds } from './use-other-builds.ts'
import './build-choice.css'

export interface BuildChoiceProps {
  readonly team: number
  readonly build: Build
  /** What the choice is for. */
  readonly label: string
  /** Chosen already, even if it is not among the latest. */
  readonly other: Build | undefined
  /** '' while none is. */
  readonly chosen: string
  readonly onChoose: (build: string) => void
  /** What can be done with the two. */
  readonly children?: ReactNode
}

/** The other builds of the app, to choose one of them. */
export function BuildChoice({ team, build, label, other, chosen, onChoose, children }: BuildChoiceProps) {
  const say = useMessages(messages)
  const nameOf = useBuildName()
  const write = useMoment()
  const { found, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useOtherBuilds(team, build)
  if (error !== null) return <Failure error={error} onTryAgain={() => void refetch()} />
  if (found === undefined) return <Skeleton height={4} />
  if (found.length === 0 && other === undefined && !hasNextPage)
    return <EmptyState title={say('noOtherTitle')}>{say('noOtherText')}</EmptyState>
  const known = found.some(({ id }) => id === other?.id) || other === undefined ? found : [other, ...found]
  const options = known.map((each) => {
    const name = nameOf(each)
    return [each.id, each.uploadedDate === null ? name : `${name} · ${write(each.uploadedDate)}`] as const
  })
  return (
    <div className="build-choice">
      <SelectField
        label={label}
        value={chosen}
        onChange={onChoose}
        options={chosen === '' ? [['', say('choose')], ...options] : options}
      />
      {hasNextPage && (
        <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {say('moreBuilds')}
        </Button>
      )}
      {children}
    </div>
  )
}
