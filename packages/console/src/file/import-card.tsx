import { useDeferredValue, useMemo, useState } from 'react'
import { useMessages } from '../language/language.tsx'
import { PlanSection } from '../plans/plan-section.tsx'
import { DiscardQuestion } from '../ui/discard-question.tsx'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { draftOf, isLost, keepDraft, type FileDraft } from './drafts.ts'
import { FileField } from './file-field.tsx'
import { messages } from './messages.ts'
import { readDraft } from './read-draft.ts'

export interface ImportCardProps {
  readonly team: number
  /** Id of the App Clip in the build. */
  readonly bundle: string
  readonly app: string
  readonly number: string
  readonly version: string
  /** Those in which the build has text in TestFlight. */
  readonly locales: readonly string[]
  /** What the build has, as a file. */
  readonly example: string
}

/** A file that is to be had on the build, what it asks for, and the plan for it. */
export function ImportCard({ team, bundle, app, number, version, locales, example }: ImportCardProps) {
  const say = useMessages(messages)
  const [text, setText] = useState(draftOf(bundle).text)
  const [replacement, setReplacement] = useState<string>()
  const [given, setGiven] = useState<ReadonlyMap<string, string>>(new Map())
  const readText = useDeferredValue(text)
  const { problems, foreign, asked, wanted } = useMemo(
    () => (readText.trim() === '' ? { problems: [], asked: [] } : readDraft(readText, { app, number, version }, given)),
    [readText, app, number, version, given],
  )
  const write = (draft: FileDraft): void => {
    keepDraft(bundle, draft)
    setText(draft.text)
  }
  const begin = (begun: string): void => {
    setReplacement(undefined)
    write({ text: begun, base: begun })
  }
  return (
    <>
      <section className="card" aria-labelledby="import">
        <div className="card-body stack">
          <header>
            <h2 id="import">{say('import')}</h2>
            <p className="quiet">{say('importAbout')}</p>
          </header>
          <FileField
            text={text}
            onChange={(written) => write({ text: written, base: draftOf(bundle).base })}
            onBegin={(begun) => (isLost(draftOf(bundle)) ? setReplacement(begun) : begin(begun))}
            problems={problems}
            example={example}
          />
          {foreign !== undefined && <Notice title={say('foreign', { app, apps: foreign.join(', ') })} tone="warning" />}
          {asked.length > 0 && (
            <fieldset className="file-variables">
              <legend>{say('variables')}</legend>
              <p className="quiet">{say('variablesAbout')}</p>
              {asked.map((name) => (
                <TextField
                  key={name}
                  label={`\${${name}}`}
                  autoComplete="off"
                  value={given.get(name) ?? ''}
                  onChange={(value) => setGiven(withValue(given, name, value))}
                />
              ))}
            </fieldset>
          )}
        </div>
      </section>
      {replacement !== undefined && (
        <DiscardQuestion onClose={() => setReplacement(undefined)} onDiscard={() => begin(replacement)} />
      )}
      {wanted !== undefined && (
        <PlanSection
          {...{ team, bundle, wanted, locales }}
          onApplied={() => keepDraft(bundle, { ...draftOf(bundle), base: readText })}
        />
      )}
    </>
  )
}

/** An emptied field gives no value. */
function withValue(given: ReadonlyMap<string, string>, name: string, value: string): ReadonlyMap<string, string> {
  const changed = new Map(given).set(name, value)
  if (value === '') changed.delete(name)
  return changed
}
