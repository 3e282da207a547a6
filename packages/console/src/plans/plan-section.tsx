import { missingLocales, type WantedInvocation } from '@clipflight/plan'
import { useEffect, useId, useRef, useState } from 'react'
import { ReadOnlyNotice, useMayWrite } from '../invocations/read-only.tsx'
import { useMessages } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Switch } from '../ui/switch.tsx'
import { messages } from './messages.ts'
import { PlanPreview } from './plan-preview.tsx'
import { RunReport } from './run-report.tsx'
import { useApply } from './use-apply.ts'
import { usePlan, type Place } from './use-plan.ts'

export interface PlanSectionProps extends Place {
  readonly title?: string
  readonly wanted: readonly WantedInvocation[]
  /** Those in which the build has text in TestFlight. */
  readonly locales: readonly string[]
  /** Whether what is not wanted goes, to begin with. */
  readonly prune?: boolean
  readonly onApplied?: () => void
}

/** What would make an App Clip as wanted, and the button that does it. */
export function PlanSection(props: PlanSectionProps) {
  const { team, bundle, title, wanted, locales, prune: first = false, onApplied } = props
  const say = useMessages(messages)
  const mayWrite = useMayWrite()
  const heading = useId()
  const place = { team, bundle }
  const [prune, setPrune] = useState(first)
  const { plan, doesPruneHelp, error, refetch } = usePlan(place, wanted, prune)
  const { run, isBusy, apply, stop } = useApply(place, wanted)
  const top = useRef<HTMLHeadingElement>(null)
  const isPressed = useRef(false)
  // What was said of another wish says nothing of this one.
  const shownRun = isBusy || run?.asked === JSON.stringify(wanted) ? run : undefined
  const untold = missingLocales(wanted, locales)
  const isApplying = shownRun?.state === 'applying'
  useEffect(() => {
    // The button that was pressed is gone, and whoever pressed it by key is to stay here.
    if (isApplying && isPressed.current) top.current?.focus({ preventScroll: true })
    isPressed.current = false
  }, [isApplying])
  return (
    <section className="card" aria-labelledby={heading}>
      <div className="card-body stack">
        <header className="plan-header">
          <h2 id={heading} ref={top} tabIndex={-1}>
            {title ?? say('plan')}
          </h2>
          <Switch isSelected={prune} onChange={setPrune} isDisabled={isBusy}>
            {say('prune')}
          </Switch>
        </header>
        <ReadOnlyNotice />
        {untold.length > 0 && <Notice title={say('missingLocales', { locales: untold.join(', ') })} tone="warning" />}
        {shownRun !== undefined && <RunReport run={shownRun} onStop={stop} />}
        {error !== null && !isApplying && <Failure error={error} onTryAgain={() => void refetch()} />}
        {plan === undefined && error === null && <Skeleton height={8} />}
        {plan !== undefined && error === null && !isApplying && (
          <>
            <PlanPreview plan={plan} doesPruneHelp={doesPruneHelp} />
            {mayWrite && plan.changes.length > 0 && (
              <div>
                <Button
                  look="primary"
                  onPress={() => {
                    isPressed.current = true
                    apply({ prune, from: location.pathname + location.search, changes: plan.changes, onApplied })
                  }}
                >
                  {say('apply', { count: plan.changes.length })}
                </Button>
              </div>
            )}
          </>
        )}
      </div>
    </section>
  )
}
