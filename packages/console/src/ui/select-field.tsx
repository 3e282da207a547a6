import { useId, type ReactNode } from 'react'

export interface SelectFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Value and what is shown for it. */
  readonly options: readonly (readonly [value: string, label: string])[]
  readonly hint?: ReactNode
  /** Shown beside the field, which is wrong then. */
  readonly problem?: string | undefined
  /** The same, in the words of the service, which are English. */
  readonly refusal?: string | undefined
}

/** One of a few, with the list that the browser brings. */
export function SelectField({ label, value, onChange, options, hint, problem, refusal }: SelectFieldProps) {
  const id = useId()
  const isWrong = (problem ?? refusal) !== undefined
  const described = [hint === undefined ? '' : `${id}-hint`, isWrong ? `${id}-problem` : '']
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-invalid={isWrong}
        aria-describedby={described.join(' ').trim() || undefined}
        onChange={({ target }) => onChange(target.value)}
      >
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {isWrong && (
        <span className="problem" id={`${id}-problem`}>
          {problem ?? <span lang="en">{refusal}</span>}
        </span>
      )}
    </div>
  )
}
