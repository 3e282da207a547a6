import { Redirect } from 'wouter'
import { pathTo } from '../app/paths.ts'
import type { PageParameters } from '../app/page-parameters.ts'

/** Leads to the first page of the sandbox. */
export function SandboxHome({ team }: PageParameters) {
  return <Redirect to={pathTo('sandboxLog', { team })} replace />
}
