import { useEffect, useRef, type ReactNode } from 'react'
import { usePathname } from 'wouter/use-browser-location'
import { useMessages } from '../language/language.tsx'
import { messages } from './messages.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import { useTeamName } from './use-team-name.ts'

export interface PageProps {
  readonly title: string
  /** Stands before the title. */
  readonly mark?: ReactNode
  /** Below the title, quieter. */
  readonly about?: ReactNode
  /** What can be done with all of the page. */
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

let lastPath: string | undefined

/**
 * One page: its title is that of the window, and has the focus after the page was changed, so that it is read out. Both
 * name the team to who may see several.
 */
export function Page({ title, mark, about, actions, children }: PageProps) {
  const say = useMessages(messages)
  const team = useTeamName()
  const heading = useRef<HTMLHeadingElement>(null)
  const path = usePathname()
  useEffect(() => {
    document.title = [title, team, 'Clipflight'].filter(Boolean).join(' · ')
  }, [title, team])
  useEffect(() => {
    if (lastPath !== undefined && lastPath !== path) heading.current?.focus({ preventScroll: false })
    lastPath = path
  }, [path])
  useKeptFocus(heading)
  return (
    <div className="page">
      <header className="page-header">
        {mark}
        <div className="page-title">
          {team !== undefined && <p className="quiet">{team === '' ? ' ' : say('ofTeam', { name: team })}</p>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {about !== undefined && <div className="quiet">{about}</div>}
        </div>
        {actions !== undefined && <div className="toolbar">{actions}</div>}
      </header>
      {children}
    </div>
  )
}
