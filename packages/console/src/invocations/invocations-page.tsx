import { useQuery } from '@tanstack/react-query'
import type { PageParameters } from '../app/routes.tsx'
import { BuildPage } from '../builds/build-page.tsx'
import { appClipsOf, invocationsQuery } from './queries.ts'

/** The App Clips section of a build. */
export function InvocationsPage({ team, build }: PageParameters) {
  return (
    <BuildPage team={team} build={build}>
      {(found) => appClipsOf(found).map(({ id }) => <Invocations key={id} team={team} bundle={id} />)}
    </BuildPage>
  )
}

function Invocations({ team, bundle }: { readonly team: number; readonly bundle: string }) {
  const { data = [] } = useQuery(invocationsQuery(team, bundle))
  return (
    <ul>
      {data.map(({ id, url, localizations }) => (
        <li key={id}>
          {url}: {localizations.map(({ locale, title }) => `${locale} ${title}`).join(', ')}
        </li>
      ))}
    </ul>
  )
}
