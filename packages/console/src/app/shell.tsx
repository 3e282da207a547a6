import { Suspense, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useMessages } from '../language/language.tsx'
import { useSession } from '../session/session.tsx'
import icon from '../ui/icon.svg'
import { LanguageChoice } from '../ui/language-choice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ThemeChoice } from '../ui/theme.tsx'
import { Toasts } from '../ui/toasts.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { messages } from './messages.ts'
import { NotShown } from './not-shown.tsx'
import { pathTo, teamIn } from './paths.ts'
import { SignOut } from './sign-out.tsx'

/** The frame around every page: where one is, where one can go, and how the page looks and speaks. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const say = useMessages(messages)
  const { kind, team, control } = useSession()
  const [location] = useLocation()
  const shown = teamIn(location) ?? team ?? undefined
  const places = [
    ...(kind === 'admin' ? [{ label: say('teams'), path: pathTo('teams'), below: /^\/teams$/ }] : []),
    ...(shown === undefined
      ? []
      : [{ label: say('apps'), path: pathTo('apps', { team: shown }), below: /^\/teams\/\d+\/(apps|builds)/ }]),
    ...(shown === undefined || kind !== 'admin' || !control
      ? []
      : [{ label: say('sandbox'), path: pathTo('sandbox', { team: shown }), below: /^\/teams\/\d+\/sandbox/ }]),
  ]
  const reference = shown === undefined ? '/docs' : `/docs?team=${shown}`
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {say('skipToContent')}
      </a>
      <header className="shell-header">
        <div>
          <Link className="brand" href={pathTo('home')}>
            <img src={icon} alt="" width="26" height="26" />
            <span>Clipflight</span>
          </Link>
          <nav aria-label={say('mainNavigation')}>
            <ul className="navigation">
              {places.map(({ label, path, below }) => (
                <li key={path}>
                  <Link href={path} aria-current={below.test(location) ? 'page' : undefined}>
                    {label}
                  </Link>
                </li>
              ))}
              <li>
                <a href={reference}>{say('reference')}</a>
              </li>
            </ul>
          </nav>
          <SignOut />
        </div>
      </header>
      <main className="shell-main" id="content" tabIndex={-1}>
        <ErrorBoundary at={location} Instead={NotShown}>
          <Suspense fallback={<Skeleton height={20} />}>{children}</Suspense>
        </ErrorBoundary>
      </main>
      <footer className="shell-footer">
        <LanguageChoice />
        <ThemeChoice />
      </footer>
      <Toasts />
    </div>
  )
}
