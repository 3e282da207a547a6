import { useCallback, useSyncExternalStore } from 'react'

/** Values that outlive the components that show them; a change of one draws nothing but what shows that one. */
export interface KeyedStore<T> {
  get(key: string): T | undefined
  /** Undefined takes the value away. */
  set(key: string, value: T | undefined): void
  entries(): readonly (readonly [string, T])[]
  /** The value, followed as it changes. */
  useValue(key: string): T | undefined
  /** The keys that have this beginning, as one text with a line for each, followed as they come and go. */
  useKeys(beginning: string): string
}

export function createKeyedStore<T>(initial: readonly (readonly [string, T])[] = []): KeyedStore<T> {
  const values = new Map(initial)
  const listeners = new Set<() => void>()
  const listenersByKey = new Map<string, Set<() => void>>()

  function subscribe(key: string, listener: () => void): () => void {
    const those = listenersByKey.get(key) ?? new Set()
    listenersByKey.set(key, those.add(listener))
    return () => {
      those.delete(listener)
      if (those.size === 0 && listenersByKey.get(key) === those) listenersByKey.delete(key)
    }
  }

  return {
    get: (key) => values.get(key),
    set(key, value) {
      const isChanged = values.has(key) === (value === undefined)
      if (value === undefined) values.delete(key)
      else values.set(key, value)
      for (const listener of listenersByKey.get(key) ?? []) listener()
      if (isChanged) for (const listener of listeners) listener()
    },
    entries: () => [...values],
    useValue(key) {
      const follow = useCallback((listener: () => void) => subscribe(key, listener), [key])
      return useSyncExternalStore(follow, () => values.get(key))
    },
    useKeys(beginning) {
      const follow = useCallback((listener: () => void) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      }, [])
      return useSyncExternalStore(follow, () =>
        [...values.keys()]
          .filter((key) => key.startsWith(beginning))
          .sort()
          .join('\n'),
      )
    },
  }
}
