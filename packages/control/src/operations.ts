import { Type, type Static, type TSchema } from 'typebox'
import { buildCreation, madeBuild } from './build.ts'
import { clockChange, clockState } from './clock.ts'
import { consoleOperations } from './console-operations.ts'
import { fault, faultCreation, preset } from './faults/fault-rule.ts'
import { loggedRequest, requestQuery, requestSearch } from './logged-request.ts'
import type { Operation } from './operation.ts'
import { madeSnapshot, snapshot, snapshotName } from './snapshot.ts'
import { strict } from './strict.ts'
import { key, keyCreation, madeKey, madeTeam, seeding, team, teamCreation, teamNumber } from './team.ts'

const ofTeam = strict({ team: teamNumber })
const ofKey = strict({ team: teamNumber, key: Type.String({ minLength: 1 }) })
const ofSnapshot = strict({ team: teamNumber, snapshot: snapshotName })
const ofFault = strict({ fault: Type.String({ minLength: 1 }) })
const someTeam = strict({ team: Type.Optional(teamNumber) })

/** Every operation, by the name that functions, clients and the document know it by. */
export const operations = {
  listTeams: {
    method: 'GET',
    path: '/teams',
    summary: 'The teams',
    answer: strict({ teams: Type.Array(team) }),
    status: 200,
  },
  createTeam: {
    method: 'POST',
    path: '/teams',
    summary: 'Make a team of its own, with keys and the resources of a seed',
    body: teamCreation,
    answer: madeTeam,
    status: 201,
  },
  deleteTeam: {
    method: 'DELETE',
    path: '/teams/{team}',
    summary: 'Remove a team and everything of it',
    params: ofTeam,
    status: 204,
  },
  listKeys: {
    method: 'GET',
    path: '/teams/{team}/keys',
    summary: 'The keys of a team',
    params: ofTeam,
    answer: strict({ keys: Type.Array(key) }),
    status: 200,
  },
  createKey: {
    method: 'POST',
    path: '/teams/{team}/keys',
    summary: 'Make a key with these roles',
    params: ofTeam,
    body: keyCreation,
    answer: madeKey,
    status: 201,
  },
  revokeKey: {
    method: 'DELETE',
    path: '/teams/{team}/keys/{key}',
    summary: 'Revoke a key: its next request is refused',
    params: ofKey,
    status: 204,
  },
  createBuild: {
    method: 'POST',
    path: '/teams/{team}/builds',
    summary: 'Add a build as an upload would',
    params: ofTeam,
    body: buildCreation,
    answer: madeBuild,
    status: 201,
  },
  seedTeam: {
    method: 'POST',
    path: '/teams/{team}/seed',
    summary: 'Replace the resources of a team by those of a seed, to which resets lead from then on. Keys stay',
    params: ofTeam,
    body: seeding,
    status: 204,
  },
  resetTeam: {
    method: 'POST',
    path: '/teams/{team}/reset',
    summary:
      'Back to the seed; faults, logged requests and what was due are gone. Keys stay, with a full budget of requests',
    params: ofTeam,
    status: 204,
  },
  listSnapshots: {
    method: 'GET',
    path: '/teams/{team}/snapshots',
    summary: 'The snapshots of a team',
    params: ofTeam,
    answer: strict({ snapshots: Type.Array(snapshot) }),
    status: 200,
  },
  saveSnapshot: {
    method: 'POST',
    path: '/teams/{team}/snapshots',
    summary: 'Keep the state of a team under a name, in the place of what has that name',
    params: ofTeam,
    body: strict({ name: snapshotName }),
    answer: madeSnapshot,
    status: 201,
  },
  restoreSnapshot: {
    method: 'POST',
    path: '/teams/{team}/snapshots/{snapshot}/restore',
    summary: 'Back to a snapshot; faults and logged requests are gone. Keys stay, with a full budget of requests',
    params: ofSnapshot,
    status: 204,
  },
  deleteSnapshot: {
    method: 'DELETE',
    path: '/teams/{team}/snapshots/{snapshot}',
    summary: 'Remove a snapshot',
    params: ofSnapshot,
    status: 204,
  },
  exportSeed: {
    method: 'GET',
    path: '/export',
    summary:
      'A seed file of a team, or of all: planted elsewhere it gives the same, ids included; a build in processing stays so then',
    query: someTeam,
    answer: Type.String(),
    status: 200,
    form: 'yaml',
  },
  listRequests: {
    method: 'GET',
    path: '/requests',
    summary: 'The latest requests below /v1 and their answers, oldest first',
    query: requestSearch,
    answer: strict({ requests: Type.Array(loggedRequest) }),
    status: 200,
  },
  followRequests: {
    method: 'GET',
    path: '/requests/stream',
    summary: 'Requests as they are answered, as server-sent events; Last-Event-ID resumes',
    query: requestQuery,
    answer: loggedRequest,
    status: 200,
    form: 'events',
  },
  listFaults: {
    method: 'GET',
    path: '/faults',
    summary: 'The faults that are set up, in the order they are looked at; the first that strikes decides',
    query: someTeam,
    answer: strict({ seed: Type.Integer({ description: 'All chance comes from it.' }), faults: Type.Array(fault) }),
    status: 200,
  },
  createFault: {
    method: 'POST',
    path: '/faults',
    summary: 'Set up a fault: a rule, or a preset',
    body: faultCreation,
    answer: fault,
    status: 201,
  },
  deleteFault: {
    method: 'DELETE',
    path: '/faults/{fault}',
    summary: 'Take a fault away',
    params: ofFault,
    status: 204,
  },
  deleteFaults: {
    method: 'DELETE',
    path: '/faults',
    summary: 'Take the faults of a team away, or all',
    query: someTeam,
    status: 204,
  },
  listPresets: {
    method: 'GET',
    path: '/faults/presets',
    summary: 'The faults that Apple was seen to show, by name',
    answer: strict({ presets: Type.Array(preset) }),
    status: 200,
  },
  readClock: { method: 'GET', path: '/clock', summary: 'The clock', answer: clockState, status: 200 },
  changeClock: {
    method: 'PATCH',
    path: '/clock',
    summary: 'Freeze, set, advance or release the clock',
    body: clockChange,
    answer: clockState,
    status: 200,
  },
  ...consoleOperations,
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof operations

type Part<O, K extends 'params' | 'query' | 'body'> = O extends { readonly [P in K]: infer S extends TSchema }
  ? Static<S>
  : unknown

type Shown<T> = { readonly [K in keyof T]: T[K] }

/** What an operation takes, from wherever in the request. */
export type Input<N extends OperationName> = Shown<
  Part<(typeof operations)[N], 'params'> & Part<(typeof operations)[N], 'query'> & Part<(typeof operations)[N], 'body'>
>

/** What an operation answers; undefined where it is nothing. */
export type Output<N extends OperationName> = (typeof operations)[N] extends {
  readonly answer: infer S extends TSchema
}
  ? Static<S>
  : undefined

/** The operation as it is shaped for all: what branches on its parts sees that each may be missing. */
export function operationNamed(name: OperationName): Operation {
  return operations[name]
}

export const operationNames: readonly OperationName[] = Object.keys(operations).filter(isOperationName)

function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operations, name)
}
