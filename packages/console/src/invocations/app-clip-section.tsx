import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { betaAppClipInvocations, LOCALES } from '@clipflight/contract'
import type { Build } from '../builds/queries.ts'
import { useMessages } from '../language/language.tsx'
import { useMay } from '../session/use-may.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failure } from '../ui/failure.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { showToast } from '../ui/toasts.tsx'
import { AddLanguage } from './add-language.tsx'
import { deletions } from './deletions.ts'
import { bundleKey, drafts, nameIn, type Field } from './drafts.ts'
import { MOST_INVOCATIONS } from './field-rules.ts'
import { addedLocales, localesOf, shownLocales, titleIn } from './locales.ts'
import { messages } from './messages.ts'
import { Orphans } from './orphans.tsx'
import { invocationsQuery } from './queries.ts'
import { TitlesGrid } from './titles-grid.tsx'
import { useDelete } from './use-delete.ts'
import { useSaveField, useSaveState } from './use-save-field.ts'

// Loaded when somebody wants to use them; the button that opens one waits for it, and says so when it does not come.
const load = {
  add: () => import('./add-dialog.tsx'),
  copy: () => import('./copy-dialog.tsx'),
  csv: () => import('./csv-dialog.tsx'),
} as const
const AddDialog = lazy(() => load.add().then((room) => ({ default: room.AddDialog })))
const CopyDialog = lazy(() => load.copy().then((room) => ({ default: room.CopyDialog })))
const CsvDialog = lazy(() => load.csv().then((room) => ({ default: room.CsvDialog })))

export interface AppClipSectionProps {
  readonly team: number
  readonly build: Build
  readonly bundle: Build['buildBundles'][number]
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
  const may = useMay()
  const { data: invocations, error, refetch } = useQuery(invocationsQuery(team, bundle.id))
  const added = addedLocales.useValue(bundle.id) ?? ''
  const [dialog, setDialog] = useState<keyof typeof load>()
  const section = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const isFull = useRef(false)
  const newRow = useRef<string>(undefined)
  const save = useSaveField(team, bundle.id)
  const { remove, undo } = useDelete(team, bundle.id)
  // The cells hold on to the function, so that those that nothing has changed in are not drawn again.
  const latest = useRef(save)
  useEffect(() => {
    latest.current = save
  })
  const onSave = useCallback((field: Field) => latest.current(field), [])
  const going = deletions.useKeys('').split('\n')

  useEffect(() => {
    if (newRow.current === undefined) return
    section.current?.querySelector<HTMLElement>(`[data-name="${newRow.current}"]`)?.focus()
    newRow.current = undefined
  }, [added])

  useEffect(() => {
    if (dialog === undefined && isFull.current) heading.current?.focus()
    isFull.current = false
  }, [dialog])

  const mayWrite = may(betaAppClipInvocations.operations.create.roles)
  const staying = (invocations ?? []).filter(({ id }) => !going.includes(id))
  const written = drafts.useKeys(bundleKey(bundle.id)).split('\n').map(nameIn)
  const others = [...added.split(' '), ...written].filter((name) => LOCALES.includes(name))
  const locales = shownLocales(build, invocations ?? [], others)
  const missing = staying.flatMap((one) => locales.filter((locale) => titleIn(one, locale) === undefined)).length
  const room = MOST_INVOCATIONS - staying.length
  const addLocale = (locale: string): void => addedLocales.set(bundle.id, `${added} ${locale}`)
  const close = (): void => setDialog(undefined)
  const closeAdded = (): void => {
    // There will be no button any more that the focus could go back to.
    isFull.current = room <= 1
    close()
  }
  const open = (name: keyof typeof load): void => {
    load[name]().then(
      () => setDialog(name),
      // A browser does not ask again for a script that it could not load.
      () =>
        showToast(
          { text: say('unreachable'), action: { label: say('reload'), perform: () => location.reload() } },
          { seconds: 60 },
        ),
    )
  }
  const addButton = (
    <Button look="primary" isDisabled={room <= 0} onPress={() => open('add')}>
      {say('add')}
    </Button>
  )
  const copyButton = <Button onPress={() => open('copy')}>{say('copyFrom')}</Button>
  const csvButton = <Button onPress={() => open('csv')}>{say('pasteCsv')}</Button>
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
        {mayWrite && invocations !== undefined && invocations.length > 0 && (
          <div className="toolbar">
            {copyButton}
            {csvButton}
            {addButton}
          </div>
        )}
      </header>
      {mayWrite && room <= 0 && <p className="quiet">{say('fullHint', { most: MOST_INVOCATIONS })}</p>}
      {invocations === undefined && error === null && <Skeleton height={16} label={say('loading')} />}
      {invocations !== undefined && mayWrite && <Orphans bundle={bundle.id} invocations={invocations} />}
      {invocations?.length === 0 && (
        <EmptyState
          title={say('noneTitle')}
          actions={
            mayWrite && (
              <>
                {addButton}
                {copyButton}
                {csvButton}
              </>
            )
          }
        >
          {say('noneText')}
        </EmptyState>
      )}
      {invocations !== undefined && invocations.length > 0 && (
        <div className="card">
          <TitlesGrid
            {...{ invocations, locales, mayWrite, onSave }}
            bundle={bundle.id}
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
      <Suspense>
        {dialog === 'add' && (
          <AddDialog
            {...{ team, locales }}
            bundle={bundle.id}
            taken={staying.map(({ url }) => url)}
            onAddLocale={addLocale}
            onAdded={closeAdded}
            onClose={close}
          />
        )}
        {dialog === 'copy' && <CopyDialog {...{ team, build, bundle, room }} invocations={staying} onClose={close} />}
        {dialog === 'csv' && <CsvDialog {...{ team, room }} bundle={bundle.id} invocations={staying} onClose={close} />}
      </Suspense>
    </section>
  )
}
