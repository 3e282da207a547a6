import { wrongUsage } from '../command-error.ts'
import type { ControlClient } from '../control/open-control.ts'
import type { OpenWay } from './open-way.ts'

/** Sets up these presets for the team of the way's key. What is returned takes them away, if the service still runs. */
export async function setUpFaults(
  { adminToken, serviceUrl, key }: OpenWay,
  names: readonly string[],
): Promise<() => Promise<void>> {
  if (names.length === 0) return async () => undefined
  if (adminToken === undefined || key === undefined) {
    throw wrongUsage(
      `--fault needs the control API of ${serviceUrl}, and a key to it`,
      'A service that was started with `--control off` has none.',
    )
  }
  const { openControl } = await import('../control/open-control.ts')
  const { control, explain } = openControl({ url: serviceUrl, adminToken, source: 'the service behind the proxy' })
  try {
    const team = await teamOfKey(control, key.keyId)
    const faults: string[] = []
    for (const preset of names) faults.push((await control.createFault({ preset, match: { team } })).id)
    return async () => {
      // They ended by themselves where the service has, or was reset.
      for (const fault of faults) await control.deleteFault({ fault }).catch(() => undefined)
    }
  } catch (error) {
    throw explain(error)
  }
}

async function teamOfKey(control: ControlClient, keyId: string): Promise<number> {
  const { teams } = await control.listTeams()
  for (const { team } of teams) {
    const { keys } = await control.listKeys({ team })
    if (keys.some(({ id }) => id === keyId)) return team
  }
  throw wrongUsage(`The service has no team with the key ${keyId}`)
}
