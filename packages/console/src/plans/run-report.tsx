import { countChanges, type Change } from '@clipflight/plan'
import { useMessages } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'
import { Reason } from '../ui/reason.tsx'
import { TitleText } from '../ui/title-text.tsx'
import { ChangeSign } from './change-sign.tsx'
import { messages as ofInvocations } from '../invocations/messages.ts'
import { messages } from './messages.ts'
import type { Run, Step } from './use-apply.ts'
import './plans.css'

export interface RunReportProps {
  readonly run: Run
  readonly onStop: () => void
}

/** How far a plan is, and what became of each of its changes. */
export function RunReport({ run, onStop }: RunReportProps) {
  const say = useMessages(messages)
  const { state, steps, isStopped } = run
  if (state === 'not begun') return <Failure error={run.error} />
  if (state === 'stale') return <Notice title={say('stale')} tone="warning" />
  if (state === 'checking') return <p role="status">{say('checking')}</p>
  const made = steps.filter((step) => step.state === 'done')
  const counts = { done: made.length, total: steps.length }
  return (
    <div className="stack">
      {state === 'applying' ? (
        <div className="plan-progress">
          <label>
            <span role="status">{say('applying', counts)}</span>
            <progress value={made.length} max={steps.length} />
          </label>
          <Button onPress={onStop} isDisabled={isStopped}>
            {isStopped ? say('stopping') : say('stop')}
          </Button>
        </div>
      ) : made.length === steps.length ? (
        <Notice title={say('applied', { ...countChanges(made.map(({ change }) => change)) })} tone="good" />
      ) : (
        <Unfinished run={run} counts={counts} />
      )}
      <ol className="plan-steps" aria-label={say('steps')}>
        {steps.map((step, index) => (
          <StepLine key={index} step={step} />
        ))}
      </ol>
    </div>
  )
}

interface UnfinishedProps {
  readonly run: Run
  readonly counts: { readonly done: number; readonly total: number }
}

function Unfinished({ run: { isStopped, error }, counts }: UnfinishedProps) {
  const say = useMessages(messages)
  const sayOfInvocations = useMessages(ofInvocations)
  return (
    <Notice title={sayOfInvocations('partly', counts)} tone="danger">
      {isStopped && <p>{say('stopped')}</p>}
      {error !== undefined && (
        <p>
          <Reason error={error} />
        </p>
      )}
      <p>{say('goOn')}</p>
    </Notice>
  )
}

const MARKS = { waiting: '·', running: '…', done: '✓', refused: '✗', unclear: '?', 'not done': '–' } as const

function StepLine({ step: { change, state } }: { readonly step: Step }) {
  const say = useMessages(messages)
  return (
    <li data-state={state}>
      <span className="plan-mark" aria-hidden="true">
        {MARKS[state]}
      </span>
      <span className="plan-step">
        <ChangeSign op={change.op} />
        <ChangeText change={change} />
      </span>
      <span className="plan-state">{say(state)}</span>
    </li>
  )
}

function ChangeText({ change }: { readonly change: Change }) {
  if (change.type === 'betaAppClipInvocations') {
    return (
      <span>
        {change.op !== 'create' && <code>{change.before.url}</code>}
        {change.op === 'update' && <span aria-hidden="true"> → </span>}
        {change.op !== 'delete' && <code>{change.after.url}</code>}
      </span>
    )
  }
  const { locale, title } = change.op === 'delete' ? change.before : change.after
  return (
    <span>
      <code>{change.url}</code> <code>{locale}</code> <TitleText locale={locale}>{title}</TitleText>
    </span>
  )
}
