import {
  duplicate,
  type Condition,
  type Creation,
  type Draft,
  type Problem,
  type Resource,
  type RowValue,
} from '@clipflight/contract'
import { rulesOf } from '../rules/index.ts'
import type { Situation, Targets } from '../rules/rule.ts'
import type { Row } from '../storage/storage.ts'

/** Everything that stored rows say against a creation: limits and uniqueness of the definition, then its rules. */
export async function judgeCreation(
  creation: Creation,
  targets: Targets,
  situation: Situation,
): Promise<readonly Problem[]> {
  const siblings = await readSiblings(creation, situation)
  const problems = [...tooMany(creation, siblings), ...(await alreadyThere(creation, situation, { siblings }))]
  for (const rule of rulesOf(creation.resource.type).create ?? []) {
    problems.push(...(await rule(creation, targets, situation)))
  }
  return problems
}

/** All that `atMost` of the definition counts together with what is created; undefined without it. */
async function readSiblings(
  { resource, links }: Draft,
  { stored, team }: Situation,
): Promise<readonly Row[] | undefined> {
  if (resource.atMost === undefined) return undefined
  const { count, per } = resource.atMost
  const { rows } = await stored.list(resource, team, {
    conditions: [{ by: 'relationship', relationship: per, values: [links[per] ?? ''] }],
    sort: [],
    // All of them: the database holds no more.
    limit: count,
  })
  return rows
}

/** A count limit is a relationship that is not allowed (evidence 5.5 no. 50). */
function tooMany({ resource, pointer }: Creation, siblings: readonly Row[] | undefined): Problem[] {
  const { atMost } = resource
  if (atMost === undefined || siblings === undefined || siblings.length < atMost.count) return []
  return [
    {
      code: 'ENTITY_ERROR.RELATIONSHIP.INVALID.NOT_ALLOWED',
      detail: `Only ${atMost.count} '${resource.type}' can be present in one '${atMost.per}'.`,
      source: { pointer: `${pointer}/relationships/${atMost.per}` },
    },
  ]
}

interface Known {
  /** The id of a row that may be alike. */
  readonly except?: string
  /** All rows that `atMost` counts together with the draft. */
  readonly siblings?: readonly Row[] | undefined
}

/** `unique` of the definition. The database is asked for no row that could only be one of the siblings. */
export async function alreadyThere(
  draft: Draft,
  { stored, team }: Situation,
  { except, siblings }: Known,
): Promise<Problem[]> {
  const { resource } = draft
  const problems: Problem[] = []
  for (const set of resource.unique ?? []) {
    const found =
      siblings !== undefined && set.includes(resource.atMost?.per ?? '')
        ? siblings.find((row) => isLike(row, draft, set))
        : (await stored.list(resource, team, { conditions: conditionsOf(draft, set), sort: [], limit: 1 })).rows[0]
    if (found !== undefined && found.id !== except) problems.push(repeated(draft, set))
  }
  return problems
}

/** Nothing is like null, as databases have it. */
function isLike(row: Row, draft: Draft, set: readonly string[]): boolean {
  return set.every((name) => (row[name] ?? null) !== null && row[name] === valueOf(draft, name))
}

function isAttribute(resource: Resource, name: string): boolean {
  return Object.hasOwn(resource.attributes, name)
}

function valueOf({ resource, attributes, links }: Draft, name: string): RowValue {
  return isAttribute(resource, name) ? attributes[name] : (links[name] ?? '')
}

function conditionsOf(draft: Draft, set: readonly string[]): Condition[] {
  return set.map((name) =>
    isAttribute(draft.resource, name)
      ? { by: 'attribute', attribute: name, match: 'equals', values: [valueOf(draft, name)] }
      : { by: 'relationship', relationship: name, values: [draft.links[name] ?? ''] },
  )
}

/** Wording: evidence 5.5 no. 36 for attributes, no. 45 for links. */
function repeated(draft: Draft, set: readonly string[]): Problem {
  const names = set.filter((name) => isAttribute(draft.resource, name))
  if (names.length > 0) return duplicate(draft, names)
  const [name = ''] = set
  const target = draft.resource.relationships[name]?.target ?? name
  return {
    code: 'ENTITY_ERROR.RELATIONSHIP.INVALID',
    detail: `An '${draft.resource.type}' with a relationship to '${target}' with id '${draft.links[name] ?? ''}' already exists.`,
    source: { pointer: `${draft.pointer}/relationships/${name}` },
  }
}
