import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type SyntheticEvent } from 'react'
import { useMessages } from '../language/language.tsx'
import { useLocaleName } from '../language/locale-name.ts'
import { serviceOf } from '../service/clients.ts'
import { problemsOf, textOf } from '../service/failures.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Failure } from '../ui/failure.tsx'
import { messages as ui } from '../ui/messages.ts'
import { TextField } from '../ui/text-field.tsx'
import { showToast, type ShownToast } from '../ui/toasts.tsx'
import { AddLanguage } from './add-language.tsx'
import { sendDeletions } from './deletions.ts'
import { drafts, fieldKey, NEW, type Field } from './drafts.ts'
import { complaintOf, complaintOfUrl, isBegun } from './field-rules.ts'
import { messages } from './messages.ts'
import { invocationsQuery } from './queries.ts'

export interface AddDialogProps {
  readonly team: number
  readonly bundle: string
  readonly locales: readonly string[]
  /** URLs that the App Clip has. */
  readonly taken: readonly string[]
  readonly onAddLocale: (locale: string) => void
  /** Is given the id of the invocation, and the notice that says so. */
  readonly onAdded: (id: string, notice: ShownToast) => void
  readonly onClose: () => void
}

interface Input {
  readonly url: string
  readonly titles: Readonly<Record<string, string>>
}

/** What is wrong with a field: in the language of the page, or in the words of the service. */
type Wrong = { readonly problem: string } | { readonly refusal: string }

/** Where the service's pointers lead in the form: titles are sent inline, in their order. */
function fieldAt(pointer: string | undefined, titles: Input['titles']): string | undefined {
  if (pointer === '/data/attributes/url') return 'url'
  const index = /^\/included\/(\d+)(?:\/|$)/.exec(pointer ?? '')?.[1]
  return index === undefined ? undefined : Object.keys(titles)[Number(index)]
}

/** Writes a new invocation in all languages at once. What is written stays until it is added, whatever happens. */
export function AddDialog({ team, bundle, locales, taken, onAddLocale, onAdded, onClose }: AddDialogProps) {
  const say = useMessages(messages)
  const sayOfUi = useMessages(ui)
  const nameOf = useLocaleName()
  const queryClient = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [complaints, setComplaints] = useState<ReadonlyMap<string, Wrong>>(new Map())
  const [isUntitled, setUntitled] = useState(false)
  const [newest, setNewest] = useState('url')
  const keyOf = (name: Field['name']): string => fieldKey({ bundle, invocation: NEW, name })
  // Blanks around what was pasted belong to where it comes from.
  const written = (name: Field['name']): string => drafts.get(keyOf(name))?.text.trim() ?? ''
  const { queryKey } = invocationsQuery(team, bundle)

  const creation = useMutation({
    async mutationFn(input: Input) {
      // The room, or the URL, may be that of one that is on its way out.
      await sendDeletions(bundle)
      return serviceOf(team).betaAppClipInvocations.create({ ...input, buildBundle: bundle })
    },
    async onSuccess({ id }, { url }) {
      for (const name of ['url', ...locales]) drafts.set(keyOf(name), undefined)
      await queryClient.invalidateQueries({ queryKey })
      onAdded(id, showToast({ text: say('added', { url }) }))
    },
    onError(error, { titles }) {
      const placed = problemsOf(error).flatMap((problem) => {
        const field = fieldAt(problem.pointer, titles)
        return field === undefined ? [] : [[field, { refusal: textOf(problem) }] as const]
      })
      point(new Map(placed))
    },
  })

  /** Shows what is wrong beside the fields, and goes to the first of them. */
  const point = (found: ReadonlyMap<string, Wrong>): void => {
    setComplaints(found)
    goTo(['url', ...locales].find((name) => found.has(name)))
  }

  const goTo = (wanted: string | undefined): void => {
    const inputs = form.current?.querySelectorAll('input') ?? []
    ;[...inputs].find(({ name }) => name === wanted)?.focus()
  }

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    const url = written('url')
    const titles: Record<string, string> = {}
    for (const locale of locales) if (written(locale) !== '') titles[locale] = written(locale)
    const found = new Map<string, Wrong>(
      Object.entries(titles).flatMap(([locale, title]) => {
        const problem = complaintOf('title', title, say)
        return problem === undefined ? [] : [[locale, { problem }] as const]
      }),
    )
    const problem = complaintOfUrl(url, taken, say)
    if (problem !== undefined) found.set('url', { problem })
    const hasTitle = Object.keys(titles).length > 0
    setUntitled(!hasTitle)
    point(found)
    if (found.size > 0) return
    if (hasTitle) creation.mutate({ url, titles })
    else goTo(locales[0])
  }

  const forget = (name: string): void => {
    if (name !== 'url') setUntitled(false)
    setComplaints(new Map([...complaints].filter(([each]) => each !== name)))
  }
  const isPlaced =
    creation.error !== null &&
    problemsOf(creation.error).length > 0 &&
    problemsOf(creation.error).every(({ pointer }) => fieldAt(pointer, creation.variables?.titles ?? {}) !== undefined)

  return (
    <Dialog title={say('addTitle')} onClose={onClose}>
      {creation.error !== null && !isPlaced && <Failure error={creation.error} />}
      <form className="stack" ref={form} onSubmit={submit} noValidate>
        <NewField
          {...{ bundle, forget }}
          autoFocus
          name="url"
          label={say('url')}
          hint={say('urlHint')}
          complaint={complaints.get('url')}
          complain={(text) => (isBegun(text) ? undefined : complaintOfUrl(text, taken, say))}
        />
        {locales.map((locale) => (
          <NewField
            key={locale}
            {...{ bundle, forget }}
            autoFocus={locale === newest}
            name={locale}
            label={say('titleIn', { language: nameOf(locale) })}
            complaint={complaints.get(locale)}
            complain={(text) => (text === '' ? undefined : complaintOf('title', text, say))}
          />
        ))}
        <div className="toolbar">
          <AddLanguage
            shown={locales}
            onAdd={(locale) => {
              setNewest(locale)
              onAddLocale(locale)
            }}
          />
          {isUntitled ? (
            <span className="problem" role="alert">
              {say('titleNeeded')}
            </span>
          ) : (
            <span className="quiet">{say('titlesHint')}</span>
          )}
        </div>
        <div className="dialog-buttons">
          <Button onPress={onClose}>{sayOfUi('cancel')}</Button>
          <Button type="submit" look="primary" isPending={creation.isPending}>
            {say(creation.isPending ? 'adding' : 'add')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

interface NewFieldProps {
  readonly bundle: string
  readonly name: Field['name']
  readonly label: string
  readonly hint?: string
  /** What was wrong when it was sent. */
  readonly complaint: Wrong | undefined
  readonly complain: (text: string) => string | undefined
  readonly forget: (name: string) => void
  /** Whether it has the focus as soon as it is there. */
  readonly autoFocus: boolean
}

function NewField({ bundle, name, label, hint, complaint, complain, forget, autoFocus }: NewFieldProps) {
  const key = fieldKey({ bundle, invocation: NEW, name })
  const text = drafts.useValue(key)?.text ?? ''
  const isUrl = name === 'url'
  return (
    <TextField
      label={label}
      name={name}
      {...(hint === undefined ? {} : { hint })}
      {...(isUrl ? { type: 'url', inputMode: 'url', autoCapitalize: 'none', placeholder: 'https://' } : { lang: name })}
      dir={isUrl ? 'ltr' : 'auto'}
      autoComplete="off"
      autoFocus={autoFocus}
      value={text}
      {...(complaint ?? { problem: complain(text.trim()) })}
      onChange={(written) => {
        drafts.set(key, written === '' ? undefined : { text: written, base: undefined, state: 'writing' })
        forget(name)
      }}
    />
  )
}
