import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { NotFound } from '../app/not-found.tsx'
import { Page } from '../app/page.tsx'
import { pathTo } from '../app/paths.ts'
import { Tabs } from '../app/tabs.tsx'
import { useMessages, useMoment } from '../language/language.tsx'
import { statusOf } from '../service/failures.ts'
import { Failure } from '../ui/failure.tsx'
import { Monogram } from '../ui/monogram.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { BuildState } from './build-state.tsx'
import { messages } from './messages.ts'
import { buildQuery, type Build } from './queries.ts'
import { useBuildName } from './use-build-name.ts'

export interface BuildPageProps {
  readonly team: number
  readonly build: string
  readonly children: (build: Build) => ReactNode
}

/** The frame of all pages about one build: which it is, how it is, and what else there is of it. */
export function BuildPage({ team, build: id, children }: BuildPageProps) {
  const say = useMessages(messages)
  const nameOf = useBuildName()
  const write = useMoment()
  const { data: build, error, refetch } = useQuery(buildQuery(team, id))
  if (statusOf(error) === 404) return <NotFound />
  const name = build?.app.name ?? ''
  return (
    <Page
      title={build === undefined ? say('build') : `${name} ${nameOf(build)}`}
      mark={<Monogram name={name || ' '} />}
      about={
        build === undefined ? (
          <span className="build-about" />
        ) : (
          <span className="build-about">
            <Link href={pathTo('app', { team, app: build.app.id })}>{build.app.bundleId}</Link>
            <BuildState processingState={build.processingState} expired={build.expired} />
            <span>
              {say('uploaded')} {write(build.uploadedDate)}
              {/* One that was expired by hand keeps its date, which then says nothing. */}
              {!build.expired && ` · ${say('expires')} ${write(build.expirationDate)}`}
            </span>
          </span>
        )
      }
    >
      <Tabs
        label={say('sections')}
        tabs={[
          { label: say('appClips'), path: pathTo('build', { team, build: id }) },
          { label: say('testers'), path: pathTo('testers', { team, build: id }) },
          { label: say('sheet'), path: pathTo('sheet', { team, build: id }) },
          { label: say('compare'), path: pathTo('compare', { team, build: id }) },
          { label: say('file'), path: pathTo('file', { team, build: id }) },
        ]}
      />
      {error !== null && <Failure error={error} onTryAgain={() => void refetch()} />}
      {build === undefined && error === null && <Skeleton height={24} />}
      {build !== undefined && children(build)}
    </Page>
  )
}
