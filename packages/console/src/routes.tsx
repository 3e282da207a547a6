import { lazy, type ComponentType } from 'react'
import { Route, Switch } from 'wouter'
import { Home } from './app/home.tsx'
import { NotFound } from './app/not-found.tsx'
import type { PageParameters } from './app/page-parameters.ts'
import { PATHS, type PageName } from './app/paths.ts'
import { useSession } from './session/session.tsx'

type PageComponent = ComponentType<PageParameters>

/** Each page is loaded when it is gone to. */
const PAGES: Readonly<Record<PageName, PageComponent>> = {
  home: Home,
  signIn: Home,
  teams: lazy(() => import('./teams/teams-page.tsx').then(({ TeamsPage }) => ({ default: TeamsPage }))),
  apps: lazy(() => import('./builds/apps-page.tsx').then(({ AppsPage }) => ({ default: AppsPage }))),
  app: lazy(() => import('./builds/app-page.tsx').then(({ AppPage }) => ({ default: AppPage }))),
  build: lazy(() =>
    import('./invocations/invocations-page.tsx').then(({ InvocationsPage }) => ({ default: InvocationsPage })),
  ),
  sandbox: lazy(() => import('./sandbox/sandbox-home.tsx').then(({ SandboxHome }) => ({ default: SandboxHome }))),
  sandboxLog: lazy(() => import('./sandbox/log/log-page.tsx').then(({ LogPage }) => ({ default: LogPage }))),
  sandboxKeys: lazy(() => import('./sandbox/keys/keys-page.tsx').then(({ KeysPage }) => ({ default: KeysPage }))),
  sandboxFaults: lazy(() =>
    import('./sandbox/faults/faults-page.tsx').then(({ FaultsPage }) => ({ default: FaultsPage })),
  ),
  sandboxState: lazy(() => import('./sandbox/state/state-page.tsx').then(({ StatePage }) => ({ default: StatePage }))),
  sandboxBuilds: lazy(() =>
    import('./sandbox/builds/add-build-page.tsx').then(({ AddBuildPage }) => ({ default: AddBuildPage })),
  ),
  testers: lazy(() =>
    import('./tester-links/tester-links-page.tsx').then(({ TesterLinksPage }) => ({ default: TesterLinksPage })),
  ),
  sheet: lazy(() => import('./sheet/sheet-page.tsx').then(({ SheetPage }) => ({ default: SheetPage }))),
  compare: lazy(() => import('./compare/compare-page.tsx').then(({ ComparePage }) => ({ default: ComparePage }))),
  file: lazy(() => import('./file/file-page.tsx').then(({ FilePage }) => ({ default: FilePage }))),
}

/** The page that the address names. */
export function Routes() {
  const session = useSession()
  // Erasure: the keys of a record of pages are their names.
  const pages = Object.entries(PAGES) as [PageName, PageComponent][]
  return (
    <Switch>
      {pages.map(([name, PageOfRoute]) => (
        <Route key={name} path={PATHS[name]}>
          {(parameters: Readonly<Record<string, string | undefined>>) => {
            const team = Number(parameters['team'] ?? session.team ?? 0)
            const isForeign = session.team !== null && team !== session.team
            return isForeign ? (
              <NotFound />
            ) : (
              <PageOfRoute team={team} app={parameters['app'] ?? ''} build={parameters['build'] ?? ''} />
            )
          }}
        </Route>
      ))}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  )
}
