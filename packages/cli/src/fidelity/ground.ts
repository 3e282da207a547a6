import { ApiError, type Answer, type CallOptions, type Client } from '@clipflight/client'
import { MAX_INVOCATIONS, type ActualInvocation } from '@clipflight/plan'
import { readBundle } from '../apply/read-bundle.ts'
import { CommandError } from '../command-error.ts'
import type { Warn } from '../connection/key-file.ts'
import { EXIT_CONFLICT } from '../exit-codes.ts'
import { fingerprintOf } from '../plan/fingerprint-of.ts'
import { openJson } from '../plan/open-json.ts'
import { isProbeUrl, OWN_TITLES, PROBE_URL } from '../probes/bodies.ts'
import type { Given, Ids } from '../probes/probe.ts'
import { WITH_TITLES } from '../target/find-invocation.ts'

/** The bundles that probes may write to. What was there before is never written to. */
export interface Ground {
  /** Makes the bundle what a probe is to find. Undefined when what was there before leaves no room for that. */
  prepare(given: Exclude<Given, 'nothing'>, call: CallOptions): Promise<Ids | undefined>
  /** Notes what an answer says was made, or that nobody knows. */
  note(answer: Answer | undefined): void
  /** Deletes what is known to have been made. */
  clear(call: CallOptions): Promise<void>
  /** Deletes whatever is there of the probes', and looks whether all is as it was. */
  restore(call: CallOptions): Promise<Restoration>
}

export interface Restoration {
  /** Ids of invocations that were made and perhaps still are there. */
  readonly left: readonly string[]
  /** Bundles that are not as they were, or of which nobody knows. */
  readonly changed: readonly string[]
  /** Why, where something failed. */
  readonly error?: unknown
}

interface GroundParts {
  readonly client: Client
  readonly warn: Warn
  readonly bundle: string
  readonly otherBundle: string | undefined
}

/** Reads the bundles as they are. Throws when one is not there. */
export async function openGround({ client, warn, bundle, otherBundle }: GroundParts): Promise<Ground> {
  const read = (each: string, call?: CallOptions): Promise<readonly ActualInvocation[]> =>
    readBundle(client, each, warn, call)
  const before = new Map<string, readonly ActualInvocation[]>()
  for (const each of new Set([bundle, otherBundle ?? bundle])) before.set(each, await read(each))
  refuseLeftovers([...before.values()].flat())
  const taken = before.get(bundle)?.length ?? 0
  const own = new Map<string, Ids>()
  /** Something may have been made of which no answer told. */
  let isUnclear = false

  async function make(call: CallOptions): Promise<void> {
    const url = own.size === 0 ? PROBE_URL : `${PROBE_URL}/${own.size}`
    isUnclear = true
    const made = await client.betaAppClipInvocations.create({ url, buildBundle: bundle, titles: OWN_TITLES }, call)
    const { id } = made
    isUnclear = false
    own.set(id, {})
    const { localizations = (await client.betaAppClipInvocations.get(id, WITH_TITLES, call)).localizations } = made
    const idOf = (locale: string): string => localizations.find((each) => each.locale === locale)?.id ?? ''
    own.set(id, { invocation: id, localization: idOf('en-US'), secondLocalization: idOf('de-DE') })
  }

  async function clear(call: CallOptions): Promise<void> {
    if (isUnclear) for (const id of await findOwn(call)) own.set(id, own.get(id) ?? {})
    isUnclear = false
    for (const id of own.keys()) {
      await client.betaAppClipInvocations.delete(id, call).catch(ignoreAbsence)
      own.delete(id)
    }
  }

  /** What was not there before and leads where only probes lead, or was told to have been made. */
  async function findOwn(call: CallOptions): Promise<readonly string[]> {
    const found: string[] = []
    for (const [each, invocations] of before) {
      const known = new Set(invocations.map(({ id }) => id))
      const more = (await read(each, call)).filter(({ id }) => !known.has(id))
      found.push(...more.filter(({ id, url }) => own.has(id) || isProbeUrl(url)).map(({ id }) => id))
    }
    return found
  }

  return {
    clear,
    async prepare(given, call) {
      const ids = { bundle, ...(otherBundle === undefined ? {} : { otherBundle }) }
      const wanted = { none: 0, one: 1, 'all that fit': MAX_INVOCATIONS - taken }[given.own]
      if (taken + wanted + (given.room ? 1 : 0) > MAX_INVOCATIONS) return undefined
      if (isUnclear || own.size > wanted) await clear(call)
      while (own.size < wanted) await make(call)
      return { ...ids, ...own.values().next().value }
    },
    note(answer) {
      const id = answer === undefined ? undefined : idMadeBy(answer)
      if (id !== undefined) own.set(id, own.get(id) ?? {})
      // What was taken without a word of what it is, or failed behind what was done, is looked for.
      else isUnclear ||= answer === undefined || answer.status < 300 || answer.status >= 500
    },
    async restore(call) {
      try {
        isUnclear = true
        await clear(call)
        const changed: string[] = []
        for (const [each, invocations] of before)
          if (fingerprintOf(await read(each, call)) !== fingerprintOf(invocations)) changed.push(each)
        return { left: [], changed }
      } catch (error) {
        return { left: [...own.keys()], changed: [...before.keys()], error }
      }
    },
  }
}

/** They could not be told from what is made now, and would be in its way. */
function refuseLeftovers(invocations: readonly ActualInvocation[]): void {
  const left = invocations.filter(({ url }) => isProbeUrl(url))
  if (left.length === 0) return
  throw new CommandError('An earlier run left invocations there. Nothing was changed', {
    exitCode: EXIT_CONFLICT,
    advice: left.map(({ id }) => `clipflight invocations delete ${id} --yes`),
    facts: { left: left.map(({ id }) => id) },
  })
}

function idMadeBy({ status, json }: Answer): string | undefined {
  const data = openJson(json).member('data')
  const id = data.member('id').value
  const isMade = status === CREATED && data.member('type').value === 'betaAppClipInvocations'
  return isMade && typeof id === 'string' ? id : undefined
}

const CREATED = 201

function ignoreAbsence(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) throw error
}
