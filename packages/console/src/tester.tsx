import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from './app/error-boundary.tsx'
import { LanguageProvider } from './language/language.tsx'
import { TesterPage } from './tester/tester-page.tsx'
import './ui/theme.css'
import './ui/ui.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no place for the build.')
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <ErrorBoundary>
        <TesterPage token={location.pathname.split('/')[2] ?? ''} />
      </ErrorBoundary>
    </LanguageProvider>
  </StrictMode>,
)
