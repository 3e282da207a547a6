import type { ReactNode } from 'react'
import './checkbox.css'

export interface CheckboxProps {
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly children: ReactNode
}

/** Yes or no, that counts once the form is sent or the list is drawn. */
export function Checkbox({ isSelected, onChange, children }: CheckboxProps) {
  return (
    <label className="checkbox">
      <input type="checkbox" checked={isSelected} onChange={({ target }) => onChange(target.checked)} />
      <span>{children}</span>
    </label>
  )
}
