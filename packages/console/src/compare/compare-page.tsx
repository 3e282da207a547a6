import { useQuery } from '@tanstack/react-query'
import { toWanted } from '@clipflight/plan'
import { Link, useSearchParams } from 'wouter'
import { pathTo } from '../app/paths.ts'
import type { PageParameters } from '../app/page-parameters.ts'
import { findClipLike } from '../builds/app-clips.ts'
import { BuildChoice } from '../builds/build-choice.tsx'
import { BuildPage } from '../builds/build-page.tsx'
import { OfClip } from '../builds/of-clip.tsx'
import { buildQuery, type Build } from '../builds/queries.ts'
import { useBuildName } from '../builds/use-build-name.ts'
import { useStaying } from '../invocations/deletions.ts'
import { invocationsQuery } from '../invocations/queries.ts'
import { ReadOnlyNotice, useMayWrite } from '../invocations/read-only.tsx'
import { useMessages } from '../language/language.tsx'
import { PlanSection } from '../plans/plan-section.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Difference } from './difference.tsx'
import { Facts } from './facts.tsx'
import { messages } from './messages.ts'
import './compare.css'

/** Names the other build in the address, so that a comparison can be sent to somebody. */
const WITH = 'with'
/** Is in the address while this build is to be made like the other. */
const COPY = 'copy'

/** Two builds of an app side by side, and how to make this one like the other. */
export function ComparePage({ team, build }: PageParameters) {
  return (
    <BuildPage team={team} build={build}>
      {(found) => <WithAnother key={found.id} team={team} build={found} />}
    </BuildPage>
  )
}

interface WithAnotherProps {
  readonly team: number
  readonly build: Build
}

function WithAnother({ team, build }: WithAnotherProps) {
  const say = useMessages(messages)
  const mayWrite = useMayWrite()
  const [search, setSearch] = useSearchParams()
  const isCopying = search.has(COPY)
  const chosen = search.get(WITH) ?? ''
  const { data: other, error, refetch } = useQuery({ ...buildQuery(team, chosen), enabled: chosen !== '' })
  return (
    <>
      <BuildChoice {...{ team, build, other, chosen }} label={say('with')} onChoose={(id) => setSearch({ [WITH]: id })}>
        {other !== undefined && (
          <div className="toolbar">
            {mayWrite && !isCopying && (
              <Link className="button" href={`${pathTo('compare', { team, build: build.id })}?${search}&${COPY}`}>
                {say('copy')}
              </Link>
            )}
            <Link className="button" href={`${pathTo('compare', { team, build: other.id })}?${WITH}=${build.id}`}>
              {say('turn')}
            </Link>
          </div>
        )}
      </BuildChoice>
      {/* A plan says so itself. */}
      {!isCopying && <ReadOnlyNotice />}
      {chosen === '' && <EmptyState title={say('chooseTitle')}>{say('chooseText')}</EmptyState>}
      {error !== null && <Failure error={error} onTryAgain={() => void refetch()} />}
      {chosen !== '' && other === undefined && error === null && <Skeleton height={16} />}
      {other !== undefined && (
        <OfClip build={build}>
          {(clip) => {
            const like = findClipLike(clip, other)
            return like === undefined ? (
              <Notice title={say('noClip')} tone="warning" />
            ) : (
              <Comparison
                key={`${clip.id} ${like.id}`}
                team={team}
                build={build}
                other={other}
                bundle={clip.id}
                otherBundle={like.id}
                isCopying={isCopying}
              />
            )
          }}
        </OfClip>
      )}
    </>
  )
}

interface ComparisonProps extends WithAnotherProps {
  readonly other: Build
  readonly bundle: string
  readonly otherBundle: string
  readonly isCopying: boolean
}

function Comparison({ team, build, other, bundle, otherBundle, isCopying }: ComparisonProps) {
  const say = useMessages(messages)
  const first = useQuery(invocationsQuery(team, bundle))
  const second = useQuery(invocationsQuery(team, otherBundle))
  const [ours, theirs] = [useStaying(first.data ?? []), useStaying(second.data ?? [])]
  const error = first.error ?? second.error
  const nameOf = useBuildName()
  const [here, there] = [nameOf(build), nameOf(other)]
  return (
    <>
      {error !== null && !isCopying && (
        <Failure error={error} onTryAgain={() => void Promise.all([first.refetch(), second.refetch()])} />
      )}
      {error === null && (first.data === undefined || second.data === undefined) && <Skeleton height={16} />}
      {first.data !== undefined && second.data !== undefined && (
        <>
          {isCopying && (
            <PlanSection
              title={say('copyTitle', { here, there })}
              team={team}
              bundle={bundle}
              wanted={theirs.map(toWanted)}
              locales={build.localizations.map(({ locale }) => locale)}
              prune
            />
          )}
          <Difference here={here} there={there} first={ours} second={theirs} />
          <Facts here={here} there={there} first={build} second={other} />
        </>
      )}
    </>
  )
}
