import type { Resource } from '@clipflight/contract'
import type { FileProblem } from '@clipflight/yaml-text'
import type { Reference } from './read-items.ts'
import type { SeedItem, SeedPair } from './seed.ts'

/** What the definitions say about several items at once: unique sets, highest numbers, ids. */
export function problemsAmong(items: readonly SeedItem[]): FileProblem[] {
  const taken = new Map<string, SeedItem>()
  const counts = new Map<string, number>()
  const problems: FileProblem[] = []
  const marks = createMarks()
  for (const item of items) {
    const { resource, id, at } = item
    for (const [key, reason] of [...uniqueKeys(item, marks), ...idKey(resource, id)]) {
      const first = taken.get(key)
      if (first === undefined) taken.set(key, item)
      else problems.push({ ...at, reason: `${reason} (the first is at line ${first.at.line})` })
    }
    if (resource.atMost === undefined) continue
    const { count, per } = resource.atMost
    const key = `${resource.type} ${marks(item.links[per])}`
    const total = (counts.get(key) ?? 0) + 1
    counts.set(key, total)
    if (total === count + 1)
      problems.push({ ...at, reason: `Only ${count} '${resource.type}' can be present in one '${per}'` })
  }
  return problems
}

/** Gives each item a number of its own, so that links can be compared as text. */
function createMarks(): (item: SeedItem | undefined) => string {
  const marks = new Map<SeedItem | undefined, string>()
  return (item) => {
    const mark = marks.get(item) ?? `#${marks.size}`
    marks.set(item, mark)
    return mark
  }
}

function uniqueKeys(
  { resource, attributes, links }: SeedItem,
  marks: (item: SeedItem | undefined) => string,
): [string, string][] {
  return (resource.unique ?? []).map((names) => {
    const values = names.map((name) => {
      const attribute = resource.attributes[name]
      return attribute === undefined ? marks(links[name]) : (attributes[name] ?? attribute.initial)
    })
    const shared = names.map((name) => `'${name}'`).join(' and ')
    return [
      `${resource.type} ${names.join()} ${JSON.stringify(values)}`,
      `another '${resource.type}' has the same ${shared}`,
    ]
  })
}

function idKey({ type }: Resource, id: string | undefined): [string, string][] {
  return id === undefined ? [] : [[`${type} id ${id}`, `another '${type}' has the id '${id}'`]]
}

/** The pairs that references come to: names and ids among the items that belong to the same parents. */
export function resolveReferences(
  references: readonly Reference[],
  items: readonly SeedItem[],
  problems: FileProblem[],
): SeedPair[] {
  return references.flatMap(({ item, nested, word, at }) => {
    if (nested.shape.is !== 'references') return []
    const { through } = nested.shape
    const near = items.filter(({ resource, links }) => resource === nested.target && belongTogether(links, item.links))
    const named = near.filter(({ id, attributes }) => id === word || attributes.name === word)
    const [target] = named
    if (target === undefined || named.length > 1) {
      const found = target === undefined ? 'none' : `${named.length}`
      problems.push({
        ...at,
        reason: `'${word}' must be the name or the id of one of the '${nested.target.type}' beside it; ${found} has it`,
      })
      return []
    }
    const isFirst = through.ends[0] === item.resource.type
    return [{ through, ends: isFirst ? [item, target] : [target, item] }]
  })
}

/** Whether two items link to the same item wherever both link to one of the same type: a build and a group of one app. */
function belongTogether(one: SeedItem['links'], other: SeedItem['links']): boolean {
  const others = Object.values(other)
  return Object.values(one).every((link) =>
    others.every(({ resource }, index) => resource !== link.resource || others[index] === link),
  )
}
