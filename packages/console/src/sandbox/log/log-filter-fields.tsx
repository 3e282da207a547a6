import { METHODS } from '@clipflight/contract'
import type { LoggedRequest } from '@clipflight/control'
import { CONSOLE_KEY } from '@clipflight/control/console-key'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useMessages } from '../../language/language.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { keysQuery } from '../keys/queries.ts'
import { CUT, type LogFilter } from './log-filter.ts'
import { messages } from './messages.ts'

const KINDS = ['2xx', '4xx', '5xx'] as const
/** Browsers refuse an address that changes with every key that is pressed. */
const TYPING_MILLISECONDS = 250

export interface LogFilterFieldsProps {
  readonly team: number
  readonly filter: LogFilter
  /** Their statuses can be chosen. */
  readonly requests: readonly LoggedRequest[]
  readonly onChange: (change: Partial<LogFilter>) => void
}

/** What is asked of requests that are to be shown. */
export function LogFilterFields({ team, filter, requests, onChange }: LogFilterFieldsProps) {
  const say = useMessages(messages)
  const { data: keys = [] } = useQuery(keysQuery(team))
  const statuses = useMemo(() => {
    const numbers = new Set(requests.flatMap(({ status }) => (status === null ? [] : [String(status)])))
    return [...numbers].toSorted()
  }, [requests])
  const any = ['', say('any')] as const
  return (
    <form className="log-filter" role="search" aria-label={say('filter')} onSubmit={(event) => event.preventDefault()}>
      <PathField path={filter.path} onChange={(path) => onChange({ path })} />
      <SelectField
        label={say('method')}
        value={filter.method}
        onChange={(method) => onChange({ method })}
        options={[any, ...METHODS.map((each) => [each, each] as const)]}
      />
      <SelectField
        label={say('status')}
        value={filter.status}
        onChange={(status) => onChange({ status })}
        options={[
          any,
          ...withChosen([...KINDS, ...statuses], filter.status === CUT ? '' : filter.status),
          [CUT, say('cut')],
        ]}
      />
      <SelectField
        label={say('key')}
        value={filter.key}
        onChange={(key) => onChange({ key })}
        options={[
          any,
          ...keys.map(({ id, name }) => [id, name === '' ? id : `${name} (${id})`] as const),
          ...(filter.key === '' || filter.key === CONSOLE_KEY || keys.some(({ id }) => id === filter.key)
            ? []
            : [[filter.key, filter.key] as const]),
          [CONSOLE_KEY, say('ofConsole')],
        ]}
      />
      <div className="log-filter-boxes">
        <Checkbox isSelected={filter.failed} onChange={(failed) => onChange({ failed })}>
          {say('failedOnly')}
        </Checkbox>
        <Checkbox isSelected={filter.own} onChange={(own) => onChange({ own })}>
          {say('own')}
        </Checkbox>
      </div>
    </form>
  )
}

/** What the address asks for can be chosen although no request has it. */
function withChosen(values: readonly string[], chosen: string): (readonly [string, string])[] {
  const all = chosen === '' || values.includes(chosen) ? values : [...values, chosen]
  return all.map((each) => [each, each] as const)
}

function PathField({ path, onChange }: { readonly path: string; readonly onChange: (path: string) => void }) {
  const say = useMessages(messages)
  const [text, setText] = useState(path)
  const [given, setGiven] = useState(path)
  // The address was changed by somebody else: the back button, or a filter that was cleared.
  if (given !== path) {
    setGiven(path)
    setText(path)
  }
  useEffect(() => {
    if (text === path) return undefined
    const timer = setTimeout(() => {
      setGiven(text)
      onChange(text)
    }, TYPING_MILLISECONDS)
    return () => clearTimeout(timer)
  })
  return <TextField label={say('path')} placeholder="/v1/builds/**" type="search" value={text} onChange={setText} />
}
