import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { ErrorBoundary } from './app/error-boundary.tsx'
import { Routes } from './routes.tsx'
import { Shell } from './app/shell.tsx'
import { applyTheme } from './ui/theme.tsx'
import { LanguageProvider } from './language/language.tsx'
import { queryClient } from './service/query-client.ts'
import { SessionGate } from './session/session.tsx'
import './ui/theme.css'
import './ui/ui.css'
import './app/app.css'

applyTheme()

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no place for the console.')
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <Router base="/console">
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
