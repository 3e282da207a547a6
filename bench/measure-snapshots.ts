import { mkdirSync } from 'node:fs'
import { startSandbox } from '@clipflight/server/sandbox'
import { serve } from './clipflight.ts'
import { atMost, type Part } from './findings.ts'
import type { Plan } from './options.ts'
import { median, say } from './rounds.ts'
import { adminTokenOf, askerOf, timed, type Ask } from './sandbox-client.ts'

const INVOCATIONS = 10_000
const PER_BUNDLE = 3
const RESET_TARGET = 5
const SNAPSHOT_TARGET = 200
const MILLISECONDS = 'ms'

/** Resets of a small team, and snapshots of one with many invocations, on disk and in memory. */
export async function measureSnapshots(dataDir: string, plan: Plan): Promise<Part> {
  say('Resets and snapshots:')
  const times = new Map<string, Times>()
  {
    mkdirSync(dataDir, { recursive: true })
    await using server = await serve(dataDir)
    times.set('on disk', await timeAll(plan, askerOf(server.url, adminTokenOf(dataDir))))
  }
  {
    await using sandbox = await startSandbox({ seed: 'none' })
    times.set('in memory', await timeAll(plan, askerOf(sandbox.url, sandbox.adminToken)))
  }
  return {
    findings: [...times].flatMap(([where, { reset, first, again, restore, empty }]) => [
      atMost(`Reset to the demo seed, ${where}`, reset, RESET_TARGET, MILLISECONDS, 1),
      atMost(`First snapshot of 10,000 invocations, ${where}`, first, SNAPSHOT_TARGET, MILLISECONDS),
      atMost(`The same snapshot once more, ${where}`, again, SNAPSHOT_TARGET, MILLISECONDS),
      atMost(`Restore of 10,000 invocations, nothing changed, ${where}`, restore, SNAPSHOT_TARGET, MILLISECONDS),
      atMost(`Restore of 10,000 invocations, all of them gone, ${where}`, empty, SNAPSHOT_TARGET, MILLISECONDS),
    ]),
    tables: [],
  }
}

interface Times {
  readonly reset: number
  readonly first: number
  readonly again: number
  readonly restore: number
  readonly empty: number
}

async function timeAll(plan: Plan, ask: Ask): Promise<Times> {
  const { team: small } = (await ask('POST', '/teams', { seed: 'demo' })) as { team: number }
  const { team } = (await ask('POST', '/teams', { seed: manyInvocations() })) as { team: number }
  const snapshots = `/teams/${team}/snapshots`
  const reset: number[] = []
  const first: number[] = []
  const again: number[] = []
  const restore: number[] = []
  const empty: number[] = []
  for (let round = 0; round < plan.rounds * 2; round += 1) {
    reset.push(await timed(() => ask('POST', `/teams/${small}/reset`)))
    first.push(await timed(() => ask('POST', snapshots, { name: `of-${round}` })))
    again.push(await timed(() => ask('POST', snapshots, { name: `of-${round}` })))
    restore.push(await timed(() => ask('POST', `${snapshots}/of-${round}/restore`)))
    await ask('POST', `/teams/${team}/seed`, { seed: 'none' })
    empty.push(await timed(() => ask('POST', `${snapshots}/of-${round}/restore`)))
    await ask('DELETE', `${snapshots}/of-${round}`)
  }
  const times = { reset, first, again, restore, empty }
  say(
    `  ${Object.entries(times)
      .map(([name, each]) => `${name} ${median(each).toFixed(1)} ms`)
      .join(', ')}`,
  )
  return {
    reset: median(reset),
    first: median(first),
    again: median(again),
    restore: median(restore),
    empty: median(empty),
  }
}

/** A seed file of one team, with an app whose builds carry three invocations each, of two titles. */
function manyInvocations(): string {
  const builds = Array.from({ length: Math.ceil(INVOCATIONS / PER_BUNDLE) }, (_, index) => ({
    version: String(index),
    buildBundles: [
      {
        bundleId: 'com.example.many.Clip',
        bundleType: 'APP_CLIP',
        betaAppClipInvocations: Array.from({ length: PER_BUNDLE }, (_place, place) => ({
          url: `https://many.example.com/${index}/${place}`,
          betaAppClipInvocationLocalizations: [
            { locale: 'en-US', title: `Table ${place}` },
            { locale: 'de-DE', title: `Tisch ${place}` },
          ],
        })),
      },
    ],
  }))
  const app = { name: 'Many', bundleId: 'com.example.many', preReleaseVersions: [{ version: '1.0', builds }] }
  // JSON is YAML too.
  return JSON.stringify({ teams: [{ name: 'Many', apps: [app] }] })
}
