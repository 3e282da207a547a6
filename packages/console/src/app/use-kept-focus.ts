import { useEffect, type RefObject } from 'react'

/** React Aria gives the focus back once a dialog has gone; it is waited for that long. Milliseconds. */
const PATIENCE = 100

/** The focus goes to `target` where what had it has gone, as a row that was deleted: not to the start of the document. */
export function useKeptFocus(target: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: Element | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const remember = ({ target: focused }: FocusEvent): void => {
      // What is in a dialog goes with it, and whoever opened that has the focus again.
      if (focused instanceof Element && document.getElementById('root')?.contains(focused) === true) last = focused
    }
    const observer = new MutationObserver(() => {
      if (last === undefined || last.isConnected) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (last?.isConnected === false && document.activeElement === document.body) {
          target.current?.focus({ preventScroll: true })
        }
      }, PATIENCE)
    })
    document.addEventListener('focusin', remember)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      clearTimeout(timer)
      observer.disconnect()
      document.removeEventListener('focusin', remember)
    }
  }, [target])
}
