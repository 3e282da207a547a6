import { additionsTo, toWanted } from '@clipflight/plan'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { findClipLike, type AppClip } from '../builds/app-clips.ts'
import { BuildChoice } from '../builds/build-choice.tsx'
import { buildQuery, type Build } from '../builds/queries.ts'
import { useOtherBuilds } from '../builds/use-other-builds.ts'
import { useMessages } from '../language/language.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Failure } from '../ui/failure.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ChangeList } from './change-list.tsx'
import { useStaying } from './deletions.ts'
import { messages } from './messages.ts'
import { invocationsQuery, type Invocation } from './queries.ts'

export interface CopyDialogProps {
  readonly team: number
  readonly build: Build
  readonly bundle: AppClip
  readonly invocations: readonly Invocation[]
  readonly room: number
  readonly onClose: () => void
}

/** Takes invocations and titles over from another build of the app, as far as one wants them. */
export function CopyDialog({ team, build, bundle, invocations, room, onClose }: CopyDialogProps) {
  const say = useMessages(messages)
  const others = useOtherBuilds(team, build)
  const [chosen, choose] = useState<string>()
  const from = chosen ?? others.found?.[0]?.id ?? ''
  const other = useQuery({ ...buildQuery(team, from), enabled: from !== '' })
  const source = other.data === undefined ? undefined : findClipLike(bundle, other.data)
  const found = useQuery({ ...invocationsQuery(team, source?.id ?? ''), enabled: source !== undefined })
  const staying = useStaying(found.data ?? [])
  const changes = additionsTo(staying.map(toWanted), invocations)
  const error = other.error ?? found.error
  const isEmpty =
    (other.data !== undefined && source === undefined) || (found.data !== undefined && staying.length === 0)
  return (
    <Dialog title={say('copyTitle')} onClose={onClose} width="wide">
      <BuildChoice
        team={team}
        build={build}
        label={say('fromBuild')}
        other={other.data}
        chosen={from}
        onChoose={choose}
      />
      {error !== null && (
        <Failure error={error} onTryAgain={() => void Promise.all([other.refetch(), found.refetch()])} />
      )}
      {from !== '' && found.data === undefined && error === null && !isEmpty && <Skeleton height={8} />}
      {isEmpty && <p>{say('nothingThere')}</p>}
      {found.data !== undefined && !isEmpty && changes.length === 0 && <p>{say('nothingToChange')}</p>}
      {/* A list of its own for each build: what was left out of one is not left out of the other. */}
      <ChangeList key={from} {...{ team, changes, room, onClose }} bundle={bundle.id} />
    </Dialog>
  )
}
