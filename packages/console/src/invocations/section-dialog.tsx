import { lazy, Suspense, useState } from 'react'
import type { AppClip } from '../builds/app-clips.ts'
import type { Build } from '../builds/queries.ts'
import { useMessages } from '../language/language.tsx'
import { messages as ui } from '../ui/messages.ts'
import { showToast, type ShownToast } from '../ui/toasts.tsx'
import { messages } from './messages.ts'
import type { Invocation } from './queries.ts'

// Loaded when somebody wants to use them; the button that opens one waits for it, and says so when it does not come.
const load = {
  add: () => import('./add-dialog.tsx'),
  copy: () => import('./copy-dialog.tsx'),
  csv: () => import('./csv-dialog.tsx'),
} as const
const AddDialog = lazy(() => load.add().then((room) => ({ default: room.AddDialog })))
const CopyDialog = lazy(() => load.copy().then((room) => ({ default: room.CopyDialog })))
const CsvDialog = lazy(() => load.csv().then((room) => ({ default: room.CsvDialog })))

export type DialogName = keyof typeof load

interface OpenDialog {
  readonly dialog: DialogName | undefined
  readonly open: (name: DialogName) => void
  readonly close: () => void
}

/** Which dialog of a section is open. One that cannot be loaded stays closed, and a toast says so. */
export function useDialog(): OpenDialog {
  const say = useMessages(messages)
  const sayOfUi = useMessages(ui)
  const [dialog, setDialog] = useState<DialogName>()
  // A browser does not ask again for a script that it could not load.
  const offerReload = (): unknown =>
    showToast(
      { text: sayOfUi('unreachable'), action: { label: say('reload'), perform: () => location.reload() } },
      { seconds: 60 },
    )
  return {
    dialog,
    open: (name) => void load[name]().then(() => setDialog(name), offerReload),
    close: () => setDialog(undefined),
  }
}

export interface SectionDialogProps {
  readonly dialog: DialogName | undefined
  readonly team: number
  readonly build: Build
  readonly bundle: AppClip
  /** Those that stay. */
  readonly invocations: readonly Invocation[]
  readonly locales: readonly string[]
  /** Invocations that can still be added. */
  readonly room: number
  readonly onAddLocale: (locale: string) => void
  readonly onAdded: (id: string, notice: ShownToast) => void
  readonly onClose: () => void
}

/** The dialog of a section that is open, if one is. */
export function SectionDialog(props: SectionDialogProps) {
  const { dialog, team, build, bundle, invocations, locales, room, onAddLocale, onAdded, onClose } = props
  return (
    <Suspense>
      {dialog === 'add' && (
        <AddDialog
          {...{ team, locales, onAddLocale, onAdded, onClose }}
          bundle={bundle.id}
          taken={invocations.map(({ url }) => url)}
        />
      )}
      {dialog === 'copy' && <CopyDialog {...{ team, build, bundle, invocations, room, onClose }} />}
      {dialog === 'csv' && <CsvDialog {...{ team, room, invocations, onClose }} bundle={bundle.id} />}
    </Suspense>
  )
}
