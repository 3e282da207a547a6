import { ControlError } from '@clipflight/control/client'
import type { TesterBuild } from '@clipflight/control'
import { useEffect, useState } from 'react'
import { readBuild } from './read-build.ts'

/** How far the page has come. */
export type Reading =
  | { readonly state: 'waiting' }
  | { readonly state: 'found'; readonly build: TesterBuild }
  | { readonly state: 'nothing' }
  | { readonly state: 'failed' }

/** Reads what the link opens, again when asked to and when the device is connected again. */
export function useTesterBuild(token: string): readonly [reading: Reading, tryAgain: () => void] {
  const [reading, setReading] = useState<Reading>({ state: 'waiting' })
  const [attempt, setAttempt] = useState(0)
  const tryAgain = (): void => {
    setReading({ state: 'waiting' })
    setAttempt((past) => past + 1)
  }
  useEffect(() => {
    const ending = new AbortController()
    readBuild({ token }, { signal: ending.signal }).then(
      (build) => setReading({ state: 'found', build }),
      (error: unknown) => {
        if (ending.signal.aborted) return
        setReading({ state: error instanceof ControlError && error.status === 404 ? 'nothing' : 'failed' })
      },
    )
    return () => ending.abort()
  }, [token, attempt])
  const hasFailed = reading.state === 'failed'
  useEffect(() => {
    if (!hasFailed) return undefined
    window.addEventListener('online', tryAgain)
    return () => window.removeEventListener('online', tryAgain)
  }, [hasFailed])
  return [reading, tryAgain]
}
