import { duplicate, type Creation, type Draft, type Problem, type Resource, type RowValue } from '@clipflight/contract'
import { rulesOf } from '../rules/index.ts'
import type { Situation, Targets } from '../rules/rule.ts'

/** Everything that stored rows say against a creation: limits and uniqueness of the definition, then its rules. */
export async function judgeCreation(
  creation: Creation,
  targets: Targets,
  situation: Situation,
): Promise<readonly Problem[]> {
  const problems = [...(await tooMany(creation, situation)), ...(await alreadyThere(creation, undefined, situation))]
  for (const rule of rulesOf(creation.resource.type).create ?? []) {
    problems.push(...(await rule(creation, targets, situation)))
  }
  return problems
}

/** `atMost` of the definition: a count limit is a relationship that is not allowed (evidence 5.5 no. 50). */
async function tooMany({ resource, pointer, links }: Creation, { stored, team }: Situation): Promise<Problem[]> {
  if (resource.atMost === undefined) return []
  const { count, per } = resource.atMost
  const { total } = await stored.list(resource, team, {
    conditions: [{ by: 'relationship', relationship: per, values: [links[per] ?? ''] }],
    sort: [],
    // As many as there may be: so that nothing is left to count.
    limit: count,
  })
  if (total < count) return []
  return [
    {
      code: 'ENTITY_ERROR.RELATIONSHIP.INVALID.NOT_ALLOWED',
      detail: `Only ${count} '${resource.type}' can be present in one '${per}'.`,
      source: { pointer: `${pointer}/relationships/${per}` },
    },
  ]
}

/** `unique` of the definition, against every row but the one with the id `except`. */
export async function alreadyThere(
  draft: Draft,
  except: string | undefined,
  { stored, team }: Situation,
): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const set of draft.resource.unique ?? []) {
    const { rows } = await stored.list(draft.resource, team, {
      conditions: conditionsOf(draft, set),
      sort: [],
      limit: 1,
    })
    if (rows.length > 0 && rows[0]?.id !== except) problems.push(repeated(draft, set))
  }
  return problems
}

function isAttribute(resource: Resource, name: string): boolean {
  return Object.hasOwn(resource.attributes, name)
}

function conditionsOf({ resource, attributes, links }: Draft, set: readonly string[]) {
  return set.map((name) => {
    if (!isAttribute(resource, name)) {
      return { by: 'relationship', relationship: name, values: [links[name] ?? ''] } as const
    }
    const value: RowValue = attributes[name]
    return { by: 'attribute', attribute: name, match: 'equals', values: [value] } as const
  })
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
