import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { ErrorBoundary } from './app/error-boundary.tsx'
import { Shell } from './app/shell.tsx'
import { LanguageProvider } from './language/language.tsx'
import { loadPageAt, readAhead, Routes } from './routes.tsx'
import { queryClient } from './service/query-client.ts'
import { SessionGate, sessionQuery } from './session/session.tsx'
import { applyTheme } from './ui/theme.tsx'
import './ui/theme.css'
import './ui/ui.css'
import './app/app.css'

/** Where the pages of the console are. */
const BASE = '/console'

const addressOf = (path: string): string => path.slice(BASE.length)

/** Fetches the page that a link leads to before it is pressed: a tenth of a second is enough. */
function loadAhead({ target }: Event): void {
  const link = target instanceof Element ? target.closest('a') : null
  if (link?.pathname.startsWith(`${BASE}/`) === true) void loadPageAt(addressOf(link.pathname))
}

applyTheme()
document.addEventListener('pointerover', loadAhead)
document.addEventListener('focusin', loadAhead)
// All are on their way before anything is drawn. Without `await`: the bundler would divide the page in more pieces.
void queryClient.prefetchQuery(sessionQuery)
void readAhead(addressOf(location.pathname))
void loadPageAt(addressOf(location.pathname)).then(draw)

function draw(): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('The page has no place for the console.')
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <ErrorBoundary>
          <QueryClientProvider client={queryClient}>
            <Router base={BASE}>
              <SessionGate>
                <Shell>
                  <Routes />
                </Shell>
              </SessionGate>
            </Router>
          </QueryClientProvider>
        </ErrorBoundary>
      </LanguageProvider>
    </StrictMode>,
  )
}
