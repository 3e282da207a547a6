import { PROCESSING_RESULTS } from '@clipflight/control'
import { PLATFORM } from '@clipflight/contract'
import type { Input } from '@clipflight/control'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { pathTo } from '../../app/paths.ts'
import type { PageParameters } from '../../app/page-parameters.ts'
import { platformName } from '../../builds/platform-name.ts'
import { appsQuery } from '../../builds/queries.ts'
import { useMessages } from '../../language/language.tsx'
import { control } from '../../service/clients.ts'
import { problemsOf, textOf } from '../../service/failures.ts'
import { sendWaiting } from '../../service/waiting.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Failure } from '../../ui/failure.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { useFirstProblem } from '../../ui/use-first-problem.ts'
import { messages as frame } from '../messages.ts'
import { SandboxPage } from '../sandbox-page.tsx'
import { BundlesField } from './bundles-field.tsx'
import { messages } from './messages.ts'
import { readBuild, type BuildProblems, type WrittenBuild } from './written-build.ts'
import './add-build.css'

/** Adds a build as an upload would, and leads to it. */
export function AddBuildPage({ team }: PageParameters) {
  const say = useMessages(messages)
  const sayOfFrame = useMessages(frame)
  const { data: apps, error, refetch } = useQuery(appsQuery(team))
  return (
    <SandboxPage team={team} title={sayOfFrame('builds')}>
      {error !== null && <Failure error={error} onTryAgain={() => void refetch()} />}
      {apps === undefined && error === null && <Skeleton height={30} />}
      {apps?.length === 0 && (
        <EmptyState
          title={say('noAppsTitle')}
          actions={
            <Link className="button" href={pathTo('sandboxState', { team })}>
              {say('toState')}
            </Link>
          }
        >
          {say('noAppsText')}
        </EmptyState>
      )}
      {apps !== undefined && apps.length > 0 && (
        <BuildForm team={team} apps={apps.map(({ id, name, bundleId }) => [id, `${name} (${bundleId})`])} />
      )}
    </SandboxPage>
  )
}

interface BuildFormProps {
  readonly team: number
  readonly apps: readonly (readonly [id: string, name: string])[]
}

/** What is not written yet. */
function emptyBuild(app: string): WrittenBuild {
  return {
    app,
    version: '',
    buildNumber: '',
    platform: 'IOS',
    minOsVersion: '',
    encryption: 'no',
    seconds: '60',
    result: 'VALID',
    bundles: undefined,
    carryOver: '',
  }
}

function BuildForm({ team, apps }: BuildFormProps) {
  const say = useMessages(messages)
  const [search] = useSearchParams()
  const [written, setWritten] = useState(() => emptyBuild(search.get('app') ?? apps[0]?.[0] ?? ''))
  const [found, setFound] = useState<BuildProblems>(new Map())
  const { mutate, isPending, error } = useAddBuild(team)
  const form = useFirstProblem(found, error)
  const refused = problemsOf(error)
  const problems = new Map([
    ...found,
    ...refused.map((problem): [string, string] => [problem.pointer ?? '', textOf(problem)]),
  ])
  const isPlaced = refused.length > 0 && refused.every(({ pointer = '' }) => pointer !== '')

  const write = (change: Partial<WrittenBuild>): void => setWritten((before) => ({ ...before, ...change }))
  function submit(event: FormEvent): void {
    event.preventDefault()
    const read = readBuild(team, written)
    setFound('problems' in read ? read.problems : new Map())
    if ('input' in read) mutate(read.input)
  }
  const fields: FieldsProps = { written, problems, write }
  return (
    <form className="add-build" ref={form} onSubmit={submit}>
      <p className="quiet">{say('about')}</p>
      <UploadFields {...fields} apps={apps} />
      <ProcessingFields {...fields} />
      <BundlesField bundles={written.bundles} problems={problems} onChange={(bundles) => write({ bundles })}>
        <SelectField
          label={say('carryOver')}
          value={written.carryOver}
          onChange={(carryOver) => write({ carryOver })}
          options={[
            ['', say('carryAsService')],
            ['yes', say('carryYes')],
            ['no', say('carryNo')],
          ]}
        />
      </BundlesField>
      {error !== null && !isPlaced && <Failure error={error} />}
      <div>
        <Button type="submit" look="primary" isPending={isPending}>
          {say('add')}
        </Button>
      </div>
    </form>
  )
}

/** Makes the build and goes to it. */
function useAddBuild(team: number) {
  const say = useMessages(messages)
  const [, navigate] = useLocation()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (input: Input<'createBuild'>) => {
      // It may take over the invocations of the build before.
      await sendWaiting()
      return control.createBuild(input)
    },
    onSuccess: async ({ build, buildNumber }) => {
      showToast({ text: say('added', { number: buildNumber }) })
      await queryClient.invalidateQueries({ queryKey: ['team', team, 'builds'] })
      navigate(pathTo('build', { team, build }))
    },
  })
}

interface FieldsProps {
  readonly written: WrittenBuild
  readonly problems: BuildProblems
  readonly write: (change: Partial<WrittenBuild>) => void
}

function UploadFields({ apps, written, problems, write }: FieldsProps & Pick<BuildFormProps, 'apps'>) {
  const say = useMessages(messages)
  const text = (name: 'version' | 'buildNumber' | 'minOsVersion', hint: string) => (
    <TextField
      label={say(name)}
      hint={hint}
      autoComplete="off"
      value={written[name]}
      onChange={(value) => write({ [name]: value })}
      refusal={problems.get(`/${name}`)}
    />
  )
  return (
    <fieldset className="card">
      <legend>{say('what')}</legend>
      <div className="card-body add-build-fields">
        <SelectField
          label={say('app')}
          value={written.app}
          onChange={(app) => write({ app })}
          options={apps}
          refusal={problems.get('/app')}
        />
        <SelectField
          label={say('platform')}
          value={written.platform}
          onChange={(platform) => write({ platform })}
          options={(PLATFORM.values ?? []).map((each) => [each, platformName(each)])}
          refusal={problems.get('/platform')}
        />
        {text('version', say('versionHint'))}
        {text('buildNumber', say('buildNumberHint'))}
        {text('minOsVersion', say('minOsHint'))}
        <SelectField
          label={say('encryption')}
          value={written.encryption}
          onChange={(encryption) => write({ encryption })}
          options={[
            ['no', say('encryptionNo')],
            ['yes', say('encryptionYes')],
            ['', say('encryptionUnsaid')],
          ]}
        />
      </div>
    </fieldset>
  )
}

function ProcessingFields({ written, problems, write }: FieldsProps) {
  const say = useMessages(messages)
  return (
    <fieldset className="card">
      <legend>{say('processing')}</legend>
      <div className="card-body add-build-fields">
        <TextField
          label={say('seconds')}
          hint={say('secondsHint')}
          inputMode="numeric"
          value={written.seconds}
          onChange={(seconds) => write({ seconds })}
          refusal={problems.get('/processing/seconds')}
        />
        <SelectField
          label={say('result')}
          value={written.result}
          onChange={(result) => write({ result })}
          options={PROCESSING_RESULTS.map((each) => [each, say(each)])}
          refusal={problems.get('/processing/result')}
        />
      </div>
    </fieldset>
  )
}
