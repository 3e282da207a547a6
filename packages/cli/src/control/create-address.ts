import { ControlError, type ControlClient } from '@clipflight/control'
import { failed } from '../command-error.ts'
import type { FoundControl } from './find-control.ts'

/** An address that signs an admin in, once, by the name that the service has for everybody. What stands behind # reaches neither a server nor a log. */
export async function createAddress(control: ControlClient, { url, source }: FoundControl): Promise<string> {
  const { code, origin = url } = await control.createSignInCode().catch((error: unknown) => {
    if (!(error instanceof ControlError) || error.status !== 404) throw error
    throw failed(`${url} (from ${source}) has no console`, 'It was started with `--console off`: start it without.')
  })
  return `${origin}/console/sign-in#code=${code}`
}
