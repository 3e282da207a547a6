import { useQuery } from '@tanstack/react-query'
import { inOrderOfLocales, toWanted } from '@clipflight/plan'
import { writeInvocationsFile } from '@clipflight/plan/file'
import type { PageParameters } from '../app/page-parameters.ts'
import { BuildPage } from '../builds/build-page.tsx'
import { OfClip } from '../builds/of-clip.tsx'
import type { Build } from '../builds/queries.ts'
import { useStaying } from '../invocations/deletions.ts'
import { invocationsQuery } from '../invocations/queries.ts'
import { Failure } from '../ui/failure.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ExportCard } from './export-card.tsx'
import { ImportCard } from './import-card.tsx'
import './file.css'

/** The invocations of a build as `clipflight.yaml`: out of the build, and into it. */
export function FilePage({ team, build }: PageParameters) {
  return (
    <BuildPage team={team} build={build}>
      {(found) => (
        <OfClip build={found}>{({ id }) => <OfBundle key={id} team={team} build={found} bundle={id} />}</OfClip>
      )}
    </BuildPage>
  )
}

interface OfBundleProps {
  readonly team: number
  readonly build: Build
  readonly bundle: string
}

function OfBundle({ team, build, bundle }: OfBundleProps) {
  const { data, error, refetch } = useQuery(invocationsQuery(team, bundle))
  const staying = useStaying(data ?? [])
  const { bundleId: app } = build.app
  const exported =
    data === undefined ? '' : writeInvocationsFile([{ app, invocations: staying.map(toWanted).map(inOrderOfLocales) }])
  return (
    <>
      {error !== null && data === undefined && <Failure error={error} onTryAgain={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={18} />}
      {data !== undefined && (
        <>
          <ExportCard text={exported} />
          <ImportCard
            team={team}
            bundle={bundle}
            app={app}
            number={build.version}
            version={build.preReleaseVersion.version}
            locales={build.localizations.map(({ locale }) => locale)}
            example={exported}
          />
        </>
      )}
    </>
  )
}
