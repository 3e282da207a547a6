import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextArea } from 'react-aria-components/TextArea'
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField'

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'isInvalid'> {
  readonly label: string
  readonly hint?: ReactNode
  /** Shown beside the field, which is wrong then. */
  readonly problem?: string | undefined
  /** The same, in the words of the service, which are English. */
  readonly refusal?: string | undefined
  readonly placeholder?: string
  /** Lines of the field; one unless said. */
  readonly rows?: number
}

/** Text to write, with its label, and what is wrong with it beside it. */
export function TextField({ label, hint, problem, refusal, placeholder = '', rows, ...props }: TextFieldProps) {
  return (
    <AriaTextField
      {...props}
      className="field"
      isInvalid={(problem ?? refusal) !== undefined}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      {rows === undefined ? <Input placeholder={placeholder} /> : <TextArea rows={rows} placeholder={placeholder} />}
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="problem">{problem ?? <span lang="en">{refusal}</span>}</FieldError>
    </AriaTextField>
  )
}
