import { useEffect, useRef, type RefObject } from 'react'

/**
 * Goes to the first wrong field of the form that is given the reference, each time that one of `found` is another:
 * whoever sends a form by keyboard, or does not see it, learns there what is wrong.
 */
export function useFirstProblem(...found: readonly unknown[]): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, found)
  return form
}
