import { refuse, refuseAny, routes } from '@clipflight/contract'
import type { Input, Output } from '@clipflight/control'
import { completeRule } from '@clipflight/control/complete-rule'
import { presets } from '@clipflight/control/presets'
import type { Storage } from '../storage/storage.ts'
import { findTeam } from './find-team.ts'
import type { ControlParts } from './parts.ts'
import { sayPresent } from './say-present.ts'

export function listFaults({ faults }: ControlParts, { team }: Input<'listFaults'>): Promise<Output<'listFaults'>> {
  return Promise.resolve({ seed: faults.seed, faults: [...faults.list(team)] })
}

export async function createFault(
  { faults, storage }: ControlParts,
  given: Input<'createFault'>,
): Promise<Output<'createFault'>> {
  const rule = completeRule(given)
  if (!('then' in rule)) {
    refuseAny(
      rule.map(({ pointer, detail }) => ({ code: 'ENTITY_UNPROCESSABLE', detail, source: { pointer } }) as const),
    )
    throw new Error('A rule was found wrong without a complaint.')
  }
  if (rule.match.operation !== undefined) refuseUnknownOperation(rule.match.operation)
  if (rule.match.team !== undefined) await findTeam(storage, rule.match.team)
  if (rule.match.key !== undefined) await refuseUnknownKey(storage, rule.match.key, rule.match.team)
  return faults.add(rule, given.preset)
}

export async function deleteFault({ faults }: ControlParts, { fault }: Input<'deleteFault'>): Promise<undefined> {
  if (faults.remove(fault)) return
  const ids = faults.list(undefined).map(({ id }) => id)
  refuse({ code: 'NOT_FOUND', detail: `There is no fault '${fault}'. ${sayPresent(ids)}` })
}

export async function deleteFaults({ faults }: ControlParts, { team }: Input<'deleteFaults'>): Promise<undefined> {
  faults.clear(team)
}

export function listPresets(): Promise<Output<'listPresets'>> {
  return Promise.resolve({ presets: [...presets] })
}

/** As with an operation: a misspelt one would never strike. */
async function refuseUnknownKey(storage: Storage, keyId: string, team: number | undefined): Promise<void> {
  const key = await storage.findKey(keyId)
  if (key !== undefined && (team === undefined || key.team === team)) return
  refuse({
    code: 'ENTITY_UNPROCESSABLE',
    detail: `There is no key '${keyId}'${team === undefined ? ' here' : ` in team ${team}`}.`,
    source: { pointer: '/match/key' },
  })
}

/** A misspelt one would never strike, and a test would pass for the wrong reason. */
function refuseUnknownOperation(operation: string): void {
  const known = routes.map(({ operationId }) => operationId)
  if (known.includes(operation)) return
  const [type = ''] = operation.split('_', 1)
  const near = known.filter((each) => each.startsWith(`${type}_`))
  const hint = near.length === 0 ? 'They are named in /openapi.json.' : `Those of ${type} are: ${near.join(', ')}.`
  refuse({
    code: 'ENTITY_UNPROCESSABLE',
    detail: `There is no operation '${operation}' here. ${hint}`,
    source: { pointer: '/match/operation' },
  })
}
