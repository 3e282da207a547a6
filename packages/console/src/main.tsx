import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { ErrorBoundary } from './app/error-boundary.tsx'
import { Shell } from './app/shell.tsx'
import { LanguageProvider } from './language/language.tsx'
import { loadPageAt, Routes } from './routes.tsx'
import { queryClient } from './service/query-client.ts'
import { SessionGate } from './session/session.tsx'
import { applyTheme } from './ui/theme.tsx'
import './ui/theme.css'
import './ui/ui.css'
import './app/app.css'

/** Where the pages of the console are. */
const BASE = '/console'

applyTheme()
loadPageAt(location.pathname.slice(BASE.length))

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
