import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { buildsQuery, type Build } from '../builds/queries.ts'
import { useMessages, useMoment } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Failure } from '../ui/failure.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { changesTo, toWanted } from './change.ts'
import { ChangeList } from './change-list.tsx'
import { messages } from './messages.ts'
import { invocationsQuery, sourcesQuery, type Invocation } from './queries.ts'

export interface CopyDialogProps {
  readonly team: number
  readonly build: Build
  readonly bundle: Build['buildBundles'][number]
  readonly invocations: readonly Invocation[]
  readonly room: number
  readonly onClose: () => void
}

/** Takes invocations and titles over from another build of the app, as far as one wants them. */
export function CopyDialog({ team, build, bundle, invocations, room, onClose }: CopyDialogProps) {
  const say = useMessages(messages)
  const write = useMoment()
  const builds = useInfiniteQuery(buildsQuery(team, build.app.id))
  const others = builds.data?.pages.flatMap(({ items }) => items).filter(({ id }) => id !== build.id)
  const [chosen, choose] = useState<string>()
  const from = chosen ?? others?.[0]?.id
  const clips = useQuery({ ...sourcesQuery(team, from ?? ''), enabled: from !== undefined })
  // The same App Clip where the other build has it.
  const source = clips.data?.find(({ bundleId }) => bundleId === bundle.bundleId) ?? clips.data?.[0]
  const found = useQuery({ ...invocationsQuery(team, source?.id ?? ''), enabled: source !== undefined })
  const changes = changesTo((found.data ?? []).map(toWanted), invocations)
  const error = builds.error ?? clips.error ?? found.error
  const isEmpty = (clips.data !== undefined && source === undefined) || found.data?.length === 0
  return (
    <Dialog title={say('copyTitle')} onClose={onClose} width="wide">
      {error !== null && (
        <Failure
          error={error}
          onTryAgain={() => void Promise.all([builds.refetch(), clips.refetch(), found.refetch()])}
        />
      )}
      {others?.length === 0 ? (
        <p>{say('noOtherBuilds')}</p>
      ) : (
        <label className="field">
          <span className="label">{say('fromBuild')}</span>
          <select value={from} onChange={({ target: { value } }) => choose(value)}>
            {others?.map(({ id, version, preReleaseVersion, uploadedDate }) => (
              <option key={id} value={id}>
                {say('buildName', { version: preReleaseVersion.version, number: version, date: write(uploadedDate) })}
              </option>
            ))}
          </select>
        </label>
      )}
      {builds.hasNextPage && (
        <div>
          <Button isPending={builds.isFetchingNextPage} onPress={() => void builds.fetchNextPage()}>
            {say('olderBuilds')}
          </Button>
        </div>
      )}
      {found.data === undefined && error === null && !isEmpty && others?.length !== 0 && <Skeleton height={8} />}
      {isEmpty && <p>{say('nothingThere')}</p>}
      {found.data !== undefined && !isEmpty && changes.length === 0 && <p>{say('nothingToChange')}</p>}
      {/* A list of its own for each build: what was left out of one is not left out of the other. */}
      <ChangeList key={from} {...{ team, changes, room, onClose }} onDone={onClose} bundle={bundle.id} />
    </Dialog>
  )
}
