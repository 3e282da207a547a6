import { use, type ComponentType } from 'react'
import { Route, Switch } from 'wouter'
import { Home } from './app/home.tsx'
import { NotFound } from './app/not-found.tsx'
import type { PageParameters } from './app/page-parameters.ts'
import { PAGE_NAMES, PATHS, type PageName } from './app/paths.ts'
import { useSession } from './session/session.tsx'

interface LoadedPage {
  /** Fetches what the page is made of, and keeps it. */
  readonly load: () => Promise<unknown>
  readonly Show: ComponentType<PageParameters>
}

/**
 * A page that is shown at once where it was loaded before. Where something stands in for it meanwhile, React leaves that
 * there for 300 ms, however soon the page comes.
 */
function pageOf(fetchPage: () => Promise<ComponentType<PageParameters>>): LoadedPage {
  let Loaded: ComponentType<PageParameters> | undefined
  let loading: Promise<ComponentType<PageParameters>> | undefined
  const load = (): Promise<ComponentType<PageParameters>> => (loading ??= fetchPage().then((page) => (Loaded = page)))
  function Show(parameters: PageParameters) {
    const Page = Loaded ?? use(load())
    return <Page {...parameters} />
  }
  return { load, Show }
}

const home = pageOf(async () => Home)

/** Each page is loaded when it is gone to. */
const PAGES: Readonly<Record<PageName, LoadedPage>> = {
  home,
  signIn: home,
  teams: pageOf(async () => (await import('./teams/teams-page.tsx')).TeamsPage),
  apps: pageOf(async () => (await import('./builds/apps-page.tsx')).AppsPage),
  app: pageOf(async () => (await import('./builds/app-page.tsx')).AppPage),
  build: pageOf(async () => (await import('./invocations/invocations-page.tsx')).InvocationsPage),
  sandbox: pageOf(async () => (await import('./sandbox/sandbox-home.tsx')).SandboxHome),
  sandboxLog: pageOf(async () => (await import('./sandbox/log/log-page.tsx')).LogPage),
  sandboxKeys: pageOf(async () => (await import('./sandbox/keys/keys-page.tsx')).KeysPage),
  sandboxFaults: pageOf(async () => (await import('./sandbox/faults/faults-page.tsx')).FaultsPage),
  sandboxState: pageOf(async () => (await import('./sandbox/state/state-page.tsx')).StatePage),
  sandboxBuilds: pageOf(async () => (await import('./sandbox/builds/add-build-page.tsx')).AddBuildPage),
  testers: pageOf(async () => (await import('./tester-links/tester-links-page.tsx')).TesterLinksPage),
  sheet: pageOf(async () => (await import('./sheet/sheet-page.tsx')).SheetPage),
  compare: pageOf(async () => (await import('./compare/compare-page.tsx')).ComparePage),
  file: pageOf(async () => (await import('./file/file-page.tsx')).FilePage),
}

const pages = PAGE_NAMES.map((name) => ({ name, path: PATHS[name], ...PAGES[name] }))

/** Resolves when the page of an address can be shown at once, or cannot be had: whoever shows it hears of that. */
export async function loadPageAt(address: string): Promise<void> {
  const found = pages.find(({ path }) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`).test(address))
  await found?.load().catch(() => undefined)
}

/** The page that the address names. */
export function Routes() {
  const session = useSession()
  return (
    <Switch>
      {pages.map(({ name, path, Show }) => (
        <Route key={name} path={path}>
          {(parameters: Readonly<Record<string, string | undefined>>) => {
            const team = Number(parameters['team'] ?? session.team ?? 0)
            const isForeign = session.team !== null && team !== session.team
            return isForeign ? (
              <NotFound />
            ) : (
              <Show team={team} app={parameters['app'] ?? ''} build={parameters['build'] ?? ''} />
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
