import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { LOCALES } from '@clipflight/contract'
import type { AppClip } from '../builds/app-clips.ts'
import type { Build } from '../builds/queries.ts'
import { useMessages } from '../language/language.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import type { ShownToast } from '../ui/toasts.tsx'
import { AddLanguage } from './add-language.tsx'
import { beingApplied } from './being-applied.ts'
import { useStaying } from './deletions.ts'
import { bundleKey, drafts, nameIn } from './drafts.ts'
import { MOST_INVOCATIONS } from './field-rules.ts'
import { addedLocales, localesOf, shownLocales, titleIn } from './locales.ts'
import { messages } from './messages.ts'
import { Orphans } from './orphans.tsx'
import { invocationsQuery } from './queries.ts'
import { useMayWrite } from './read-only.tsx'
import { SectionDialog, useDialog, type DialogName } from './section-dialog.tsx'
import { TitlesGrid } from './titles-grid.tsx'
import { useDelete } from './use-delete.ts'
import { useSaveField, useSaveState } from './use-save-field.ts'

export interface AppClipSectionProps {
  readonly team: number
  readonly build: Build
  readonly bundle: AppClip
}

/** Says that there is no button to save with, and need be none. */
function SaveState({ team, bundle }: { readonly team: number; readonly bundle: string }) {
  const say = useMessages(messages)
  const state = useSaveState(team, bundle)
  return <span role="status">{state === undefined ? '' : say(state)}</span>
}

/** One App Clip of a build, and what testers are offered to launch it with. */
export function AppClipSection({ team, build, bundle }: AppClipSectionProps) {
  const say = useMessages(messages)
  const isBusy = beingApplied.useValue(bundle.id) ?? false
  const mayWrite = useMayWrite() && !isBusy
  const { data: invocations, error, refetch } = useQuery(invocationsQuery(team, bundle.id))
  const added = addedLocales.useValue(bundle.id) ?? ''
  const { dialog, open, close } = useDialog()
  const [chosen, choose] = useState('')
  const section = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const isFull = useRef(false)
  const newRow = useRef<string>(undefined)
  const onSave = useSaveField(team, bundle.id)
  const notice = useRef<ShownToast>(undefined)
  const { remove, undo } = useDelete(team, bundle.id)
  const staying = useStaying(invocations ?? [])

  // What was added is seen here; on the next page the notice would cover what one came for.
  useEffect(() => () => notice.current?.close(), [])

  useEffect(() => {
    if (newRow.current === undefined) return
    section.current?.querySelector<HTMLElement>(`[data-name="${newRow.current}"]`)?.focus()
    newRow.current = undefined
  }, [added])

  useEffect(() => {
    if (dialog === undefined && isFull.current) heading.current?.focus()
    isFull.current = false
  }, [dialog])

  const written = drafts.useKeys(bundleKey(bundle.id)).split('\n').map(nameIn)
  const others = [...added.split(' '), ...written].filter((name) => LOCALES.includes(name))
  const locales = shownLocales(build, invocations ?? [], others)
  const missing = staying.flatMap((one) => locales.filter((locale) => titleIn(one, locale) === undefined)).length
  const room = MOST_INVOCATIONS - staying.length
  const addLocale = (locale: string): void => addedLocales.set(bundle.id, `${added} ${locale}`)
  const closeAdded = (id: string, shown: ShownToast): void => {
    choose(id)
    notice.current = shown
    // There will be no button any more that the focus could go back to.
    isFull.current = room <= 1
    close()
  }
  const actions = <Actions isFull={room <= 0} onOpen={open} />
  return (
    <section className="app-clip stack" aria-labelledby={`clip-${bundle.id}`} ref={section}>
      <header className="app-clip-header">
        <div>
          <h2 id={`clip-${bundle.id}`} ref={heading} tabIndex={-1}>
            {say('appClip')} <code>{bundle.bundleId}</code>
          </h2>
          <p className="toolbar quiet">
            {invocations === undefined ? (
              ' '
            ) : (
              <>
                <span>{say('countOf', { count: staying.length, most: MOST_INVOCATIONS })}</span>
                {missing > 0 && <Badge tone="warning">{say('missingCount', { count: missing })}</Badge>}
                <SaveState team={team} bundle={bundle.id} />
              </>
            )}
          </p>
        </div>
        {mayWrite && invocations !== undefined && invocations.length > 0 && <div className="toolbar">{actions}</div>}
      </header>
      {isBusy && (
        <Notice title={say('busyTitle')}>
          <p>{say('busyText')}</p>
        </Notice>
      )}
      {mayWrite && room <= 0 && <p className="quiet">{say('fullHint', { most: MOST_INVOCATIONS })}</p>}
      {invocations === undefined && error === null && <Skeleton height={16} />}
      {invocations !== undefined && mayWrite && <Orphans bundle={bundle.id} invocations={invocations} />}
      {invocations?.length === 0 && (
        <EmptyState title={say('noneTitle')} actions={mayWrite && actions}>
          {say('noneText')}
        </EmptyState>
      )}
      {invocations !== undefined && invocations.length > 0 && (
        <div className="card">
          <TitlesGrid
            {...{ invocations, locales, mayWrite, onSave, chosen }}
            bundle={bundle.id}
            onChoose={choose}
            ofBuild={localesOf(build)}
            onDelete={remove}
            onUndo={undo}
          />
          {mayWrite && (
            <div className="titles-foot">
              <AddLanguage
                shown={locales}
                onAdd={(locale) => {
                  newRow.current = locale
                  addLocale(locale)
                }}
              />
            </div>
          )}
        </div>
      )}
      {/* Below what one may be writing in, so that it stays where it is. */}
      {error !== null && <Failure error={error} onTryAgain={() => void refetch()} />}
      <SectionDialog
        {...{ dialog, team, build, bundle, locales, room }}
        invocations={staying}
        onAddLocale={addLocale}
        onAdded={closeAdded}
        onClose={close}
      />
    </section>
  )
}

interface ActionsProps {
  readonly isFull: boolean
  readonly onOpen: (dialog: DialogName) => void
}

/** What adds invocations and titles. */
function Actions({ isFull, onOpen }: ActionsProps) {
  const say = useMessages(messages)
  return (
    <>
      <Button onPress={() => onOpen('copy')}>{say('copyFrom')}</Button>
      <Button onPress={() => onOpen('csv')}>{say('pasteCsv')}</Button>
      <Button look="primary" isDisabled={isFull} onPress={() => onOpen('add')}>
        {say('add')}
      </Button>
    </>
  )
}
