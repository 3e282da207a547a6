import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { ErrorBoundary } from './app/error-boundary.tsx'
import { addressOf, BASE } from './app/paths.ts'
import { Shell } from './app/shell.tsx'
import { LanguageProvider } from './language/language.tsx'
import { loadPageAt, Routes } from './routes.tsx'
import { queryClient } from './service/query-client.ts'
import { SessionGate } from './session/session.tsx'
import { applyTheme } from './ui/theme.tsx'
import './ui/theme.css'
import './ui/ui.css'
import './app/app.css'

/** Fetches the page that a link leads to before it is pressed: a tenth of a second is enough. */
function loadAhead({ target }: Event): void {
  const link = target instanceof Element ? target.closest('a') : null
  if (link?.pathname.startsWith(`${BASE}/`) === true) void loadPageAt(addressOf(link))
}

/** Draws the console, once the page of the address is there. */
export async function draw(): Promise<void> {
  applyTheme()
  document.addEventListener('pointerover', loadAhead)
  document.addEventListener('focusin', loadAhead)
  await loadPageAt(addressOf(location))
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
