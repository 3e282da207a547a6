import { useEffect } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { useMessages } from '../language/language.tsx'
import { announce } from './announce.ts'
import { messages } from './messages.ts'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  readonly look?: 'primary' | 'danger' | 'quiet'
}

/**
 * Something to press; `look` says how much it matters. While it is pending it keeps the focus and does nothing. React
 * Aria's own way to say so names the button, and leaves an image without a name where that has gone by then.
 */
export function Button({ look, isPending = false, ...props }: ButtonProps) {
  const say = useMessages(messages)
  const working = say('working')
  useEffect(() => {
    if (isPending) announce(working)
  }, [isPending, working])
  const { onPress: _onPress, ...others } = props
  const pending = { ...others, type: 'button' as const, 'aria-disabled': true, 'data-pending': true }
  return (
    <AriaButton
      {...(isPending ? pending : props)}
      className="button"
      {...(look === undefined ? {} : { 'data-look': look })}
    />
  )
}
