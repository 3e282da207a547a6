import type { LoggedRequest } from '@clipflight/control'
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useMessages } from '../../language/language.tsx'
import type { LogFilter } from './log-filter.ts'
import { messages } from './messages.ts'
import { RequestRow } from './request-row.tsx'

/** Pixels, as log.css has it. */
const ROW_HEIGHT = 40
/** Pixels from the end that still count as being there. */
const NEAR_END = 8

export interface RequestListProps {
  /** The latest last. */
  readonly requests: readonly LoggedRequest[]
  readonly filter: LogFilter
  /** Id of the one that is shown in full. */
  readonly opened: string | null
  readonly addressOf: (request: string) => string
  readonly isFollowing: boolean
  readonly onFollow: (isFollowing: boolean) => void
}

/**
 * Links to requests, of which only those in view are drawn. While it follows, the latest is in view; scrolling up ends
 * that, and scrolling to the end begins it again. One stop for the tab key: arrows go from one to the next.
 */
export function RequestList({ requests, filter, opened, addressOf, isFollowing, onFollow }: RequestListProps) {
  const say = useMessages(messages)
  const scroller = useRef<HTMLDivElement>(null)
  const lastTop = useRef(0)
  const [active, setActive] = useState<string | null>(opened)
  const isMoving = useRef(false)
  const found = active === null ? -1 : requests.findIndex(({ id }) => id === active)
  const activeIndex = found < 0 ? requests.length - 1 : found
  const virtualizer = useVirtualizer({
    count: requests.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => requests[index]?.id ?? index,
    overscan: 12,
    anchorTo: 'end',
    followOnAppend: isFollowing,
    scrollEndThreshold: NEAR_END,
    // What has the focus stays drawn, wherever one scrolls.
    rangeExtractor: useCallback(
      (range: Range) => {
        const drawn = defaultRangeExtractor(range)
        return activeIndex < 0 || drawn.includes(activeIndex)
          ? drawn
          : [...drawn, activeIndex].toSorted((one, other) => one - other)
      },
      [activeIndex],
    ),
  })

  useEffect(() => {
    if (isFollowing) virtualizer.scrollToEnd()
  }, [isFollowing, filter, virtualizer])

  // A link that leads to one of thousands leads to its place among them, too.
  const place = useRef(opened === null ? -1 : activeIndex)
  useLayoutEffect(() => {
    if (place.current >= 0) virtualizer.scrollToIndex(place.current, { align: 'center' })
  }, [virtualizer])

  useLayoutEffect(() => {
    if (!isMoving.current) return
    isMoving.current = false
    scroller.current?.querySelector<HTMLElement>('a[tabindex="0"]')?.focus({ preventScroll: true })
  }, [activeIndex])

  // What was closed had the focus: it goes back to where it came from.
  const wasOpen = useRef(opened !== null)
  useEffect(() => {
    if (wasOpen.current && opened === null && document.activeElement === document.body)
      scroller.current?.querySelector<HTMLElement>('a[tabindex="0"]')?.focus({ preventScroll: true })
    wasOpen.current = opened !== null
  }, [opened])

  function noticeScrolling(): void {
    const { current } = scroller
    if (current === null) return
    const isAtEnd = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR_END
    if (isAtEnd && !isFollowing) onFollow(true)
    else if (!isAtEnd && isFollowing && current.scrollTop < lastTop.current) onFollow(false)
    lastTop.current = current.scrollTop
  }

  function move(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + 10,
      PageUp: activeIndex - 10,
      Home: 0,
      End: requests.length - 1,
    }
    const wanted = steps[event.key]
    if (wanted === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const index = Math.max(0, Math.min(requests.length - 1, wanted))
    const next = requests[index]
    if (next === undefined) return
    isMoving.current = true
    setActive(next.id)
    virtualizer.scrollToIndex(index)
  }

  return (
    <div className="log-list card" ref={scroller} onScroll={noticeScrolling}>
      <ol aria-label={say('list')} style={{ height: virtualizer.getTotalSize() }} onKeyDown={move}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const request = requests[index]
          if (request === undefined) return null
          return (
            <li
              key={request.id}
              aria-setsize={requests.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <RequestRow
                request={request}
                href={addressOf(request.id)}
                isOpen={request.id === opened}
                isStop={index === activeIndex}
                onVisit={setActive}
              />
            </li>
          )
        })}
      </ol>
    </div>
  )
}
