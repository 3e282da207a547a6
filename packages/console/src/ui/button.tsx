import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  readonly look?: 'primary' | 'danger' | 'quiet'
}

/** Something to press; `look` says how much it matters. */
export function Button({ look, ...props }: ButtonProps) {
  return <AriaButton {...props} className="button" {...(look === undefined ? {} : { 'data-look': look })} />
}
