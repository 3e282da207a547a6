import { useSyncExternalStore } from 'react'

// As in invocations.css.
const narrow = matchMedia('(max-width: 47.99rem)')

function follow(listener: () => void): () => void {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}

/** Whether there is only room for one invocation beside the languages. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(follow, () => narrow.matches)
}
