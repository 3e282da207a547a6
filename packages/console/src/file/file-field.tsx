import type { FileProblem, Place } from '@clipflight/yaml-text'
import { useId, useRef } from 'react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { useMessages } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { FirstOf } from '../ui/first-of.tsx'
import { useReadFile } from '../ui/use-read-file.ts'
import { messages } from './messages.ts'

export interface FileFieldProps {
  readonly text: string
  readonly onChange: (text: string) => void
  /** Is given what takes the place of all that was written. */
  readonly onBegin: (text: string) => void
  readonly problems: readonly FileProblem[]
  /** What to begin with where one has no file yet. */
  readonly example: string
}

/** A file to write, paste or choose, and what is wrong with it; each problem leads to its place. */
export function FileField({ text, onChange, onBegin, problems, example }: FileFieldProps) {
  const say = useMessages(messages)
  const readFile = useReadFile()
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)

  async function take(file: File | undefined): Promise<void> {
    const read = await readFile(file, (chosen) => chosen.text())
    // As the field has it, so that places in it are those of the text.
    if (read !== undefined) onBegin(read.replaceAll('\r\n', '\n'))
  }

  function goTo(place: Place): void {
    const offset = offsetOf(text, place)
    area.current?.focus()
    area.current?.setSelectionRange(offset, offset)
  }

  return (
    <>
      <div className="toolbar">
        <FileTrigger acceptedFileTypes={['.yaml', '.yml']} onSelect={(files) => void take(files?.[0])}>
          <Button>{say('choose')}</Button>
        </FileTrigger>
        {text === '' ? (
          <Button onPress={() => onBegin(example)}>{say('beginWithExport')}</Button>
        ) : (
          <Button look="quiet" onPress={() => onBegin('')}>
            {say('clear')}
          </Button>
        )}
      </div>
      <div className="field">
        <label htmlFor={id}>{say('content')}</label>
        <textarea
          id={id}
          ref={area}
          className="file-area"
          rows={14}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder={say('placeholder')}
          aria-invalid={problems.length > 0}
          aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
          value={text}
          onChange={({ target: { value } }) => onChange(value)}
        />
      </div>
      {problems.length > 0 && (
        <div id={`${id}-problems`} className="notice" data-tone="danger" role="status">
          <strong>{say('problems', { count: problems.length })}</strong>
          <ul className="file-problems">
            <FirstOf items={problems}>
              {(problem) => (
                <li key={`${problem.line}:${problem.column}: ${problem.reason}`}>
                  <button type="button" className="link" onClick={() => goTo(problem)}>
                    {say('place', { ...problem })}
                  </button>
                  <span lang="en">{problem.reason}</span>
                </li>
              )}
            </FirstOf>
          </ul>
        </div>
      )}
    </>
  )
}

function offsetOf(text: string, { line, column }: Place): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1
}
