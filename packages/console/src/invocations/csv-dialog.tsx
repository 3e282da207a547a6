import { additionsTo } from '@clipflight/plan'
import { useMemo, useState } from 'react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { useMessages } from '../language/language.tsx'
import { forgetAtSignOut } from '../session/at-sign-out.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { DiscardQuestion } from '../ui/discard-question.tsx'
import { FirstOf } from '../ui/first-of.tsx'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useReadFile } from '../ui/use-read-file.ts'
import { ChangeList } from './change-list.tsx'
import { messages } from './messages.ts'
import type { Invocation } from './queries.ts'
import { readCsv } from './read-csv.ts'
import { readTextFile, type TextRead } from './read-text-file.ts'

export interface CsvDialogProps {
  readonly team: number
  readonly bundle: string
  readonly invocations: readonly Invocation[]
  readonly room: number
  readonly onClose: () => void
}

interface Table extends TextRead {
  /** What a file has: no more than that is lost with the text. */
  readonly base: string
}

/** By bundle: closing the dialog loses none. */
const tables = new Map<string, Table>()
forgetAtSignOut(
  () => tables.clear(),
  () => [...tables.values()].some(({ text, base }) => text !== base),
)

/** Takes titles from a table that somebody else has written, and says before what that changes. */
export function CsvDialog({ team, bundle, invocations, room, onClose }: CsvDialogProps) {
  const say = useMessages(messages)
  const readFile = useReadFile()
  const [{ text, isGuessed, base }, setTable] = useState(tables.get(bundle) ?? { text: '', isGuessed: false, base: '' })
  const [replacement, setReplacement] = useState<TextRead>()
  const [chosen, choose] = useState<string>()
  const url = chosen ?? invocations[0]?.url
  const { wanted, problems, hasUrls } = useMemo(() => readCsv(text, url, say), [text, url, say])
  const changes = additionsTo(wanted, invocations)
  const write = (written: Table): void => {
    tables.set(bundle, written)
    setTable(written)
  }
  const begin = (read: TextRead): void => {
    setReplacement(undefined)
    write({ ...read, base: read.text })
  }
  const take = async (file: File | undefined): Promise<void> => {
    const read = await readFile(file, readTextFile)
    if (read === undefined) return
    if (text === base) begin(read)
    else setReplacement(read)
  }
  const isRead = text.trim() !== ''
  return (
    <Dialog title={say('csvTitle')} onClose={onClose} width="wide">
      <TextField
        label={say('csvLabel')}
        hint={say('csvHint')}
        rows={6}
        value={text}
        onChange={(written) => write({ text: written, isGuessed: false, base })}
        autoFocus
      />
      <div className="toolbar">
        <FileTrigger
          acceptedFileTypes={['text/csv', '.csv', '.tsv', '.txt']}
          onSelect={(files) => void take(files?.[0])}
        >
          <Button>{say('csvFile')}</Button>
        </FileTrigger>
        {!hasUrls && invocations.length > 1 && (
          <label className="inline-field">
            <span>{say('csvFor')}</span>
            <select className="input" value={url} onChange={({ target: { value } }) => choose(value)}>
              {invocations.map(({ id, url: each }) => (
                <option key={id} value={each}>
                  {each}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {isRead && isGuessed && (
        <Notice title={say('csvGuessed')} tone="warning">
          {say('csvGuessedText')}
        </Notice>
      )}
      {isRead && problems.length > 0 && (
        <Notice title={say('csvErrors')} tone="warning">
          <ul className="line-problems">
            <FirstOf items={problems}>
              {({ line, text: problem, value, isEnglish }) => (
                <li key={`${line} ${problem}`}>
                  <strong>{say('csvLine', { line })}</strong> <span lang={isEnglish && 'en'}>{problem}</span>{' '}
                  {value !== undefined && <span className="line-value">{say('csvValue', { value })}</span>}
                </li>
              )}
            </FirstOf>
          </ul>
        </Notice>
      )}
      {isRead && problems.length === 0 && changes.length === 0 && <p>{say('nothingToChange')}</p>}
      <ChangeList
        {...{ team, bundle, changes, room, onClose }}
        onDone={() => {
          // Whoever has opened it again may have written another.
          if (tables.get(bundle)?.text === text) tables.delete(bundle)
        }}
      />
      {replacement !== undefined && (
        <DiscardQuestion onClose={() => setReplacement(undefined)} onDiscard={() => begin(replacement)} />
      )}
    </Dialog>
  )
}
