import type { Identifier, RawResource } from '@clipflight/client'
import { ID_FORM, isRequired, mayGiveId, nestedIn, type Nested, type Resource } from '@clipflight/contract'
import { writeYaml } from '@clipflight/yaml-text'
import type { Disguise } from './disguise.ts'
import type { Gathered } from './gathered.ts'

type Item = Record<string, unknown>

export interface SeedFile {
  readonly text: string
  /** What of the answers a seed file cannot hold, a sentence each. */
  readonly leftOut: readonly string[]
}

interface Writing {
  readonly gathered: Gathered
  readonly disguise: Disguise
  readonly leftOut: Set<string>
  /** Ids stand for one resource each; what shows one again is written without. */
  readonly written: Set<string>
}

/** A seed file with one team that has this resource, and what was gathered under it. `name` is the attribute that names the team. */
export function writeSeedFile(
  gathered: Gathered,
  { resource, id, name }: { readonly resource: Resource; readonly id: string; readonly name: string },
  disguise: Disguise,
): SeedFile {
  const writing: Writing = { gathered, disguise, leftOut: new Set(), written: new Set() }
  const root = [...gathered.all].find((each) => each.type === resource.type && each.id === id)
  const item = root === undefined ? undefined : writeItem(writing, resource, root, new Set())
  if (item === undefined) throw new Error(`'${resource.type}' ${id} cannot be written`)
  return { text: writeYaml({ teams: [{ name: item[name], [resource.type]: [item] }] }), leftOut: [...writing.leftOut] }
}

/** Undefined, and a sentence more in `leftOut`, when the service would refuse it in a seed file. */
function writeItem(
  writing: Writing,
  resource: Resource,
  raw: RawResource,
  above: ReadonlySet<string>,
): Item | undefined {
  const attributes = writeAttributes(writing, resource, raw)
  if (attributes === undefined) return undefined
  const item: Item = { ...writeId(writing, resource, raw), ...attributes }
  for (const nested of nestedIn(resource, above)) {
    const below = writeNested(writing, nested, raw, new Set([...above, resource.type]))
    if (below !== undefined) item[nested.name] = below
  }
  return item
}

function writeId({ disguise, written }: Writing, resource: Resource, { type, id }: Identifier): Item {
  const key = `${type}/${id}`
  if (!mayGiveId(resource) || written.has(key) || !ID_FORM.test(id)) return {}
  written.add(key)
  return { id: disguise.id({ type, id }) }
}

function writeNested(writing: Writing, nested: Nested, parent: RawResource, above: ReadonlySet<string>): unknown {
  const { target, shape } = nested
  const found = writing.gathered.below(parent, nested)
  if (found.length === 0) return undefined
  if (shape.is === 'references') return found.filter(({ id }) => ID_FORM.test(id)).map(writing.disguise.id)
  // What a column leads to stands on its own: nothing is above it.
  const around = shape.is === 'column' ? new Set<string>() : above
  const items = found.map((raw) => writeItem(writing, target, raw, around)).filter((item) => item !== undefined)
  if (shape.is !== 'list') return items[0]
  const fitting = takeFitting(writing, target, items)
  return fitting.length === 0 ? undefined : fitting
}

/** Those of the items under one parent that the limits of their definition let stand together. */
function takeFitting(
  { leftOut }: Writing,
  { type, unique = [], attributes, atMost }: Resource,
  items: readonly Item[],
): readonly Item[] {
  const seen = new Set<string>()
  const distinct = items.filter((item) => {
    const keys = unique.map((names) => JSON.stringify([names, ...namesIn(names, attributes).map((name) => item[name])]))
    const isNew = !keys.some((key) => seen.has(key))
    for (const key of keys) seen.add(key)
    if (!isNew) leftOut.add(`'${type}' that differ in nothing that they must differ in`)
    return isNew
  })
  if (atMost === undefined || distinct.length <= atMost.count) return distinct
  leftOut.add(`'${type}' beyond ${atMost.count} in one '${atMost.per}'`)
  return distinct.slice(0, atMost.count)
}

function namesIn(names: readonly string[], attributes: Resource['attributes']): readonly string[] {
  return names.filter((name) => Object.hasOwn(attributes, name))
}

/** What is empty is left out: without it an attribute is empty too, or has the first value that it must have. */
function writeAttributes({ disguise, leftOut }: Writing, resource: Resource, raw: RawResource): Item | undefined {
  const item: Item = {}
  for (const [name, { kind }] of Object.entries(resource.attributes)) {
    const value = withoutNulls(raw.attributes?.[name]) ?? undefined
    const written = value === undefined ? undefined : disguise.value(name, kind, value)
    const isFit = written !== undefined && kind.complain(written, name) === undefined
    if (isFit) item[name] = written
    else if (written !== undefined) leftOut.add(`a '${name}' of '${resource.type}' that Clipflight does not take`)
    if (isFit || !isRequired(resource, name)) continue
    leftOut.add(`'${resource.type}' without a '${name}' that Clipflight takes`)
    return undefined
  }
  return item
}

/** Apple writes what is empty as null, and no kind takes null for a member of an attribute. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutNulls)
  const members = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]))
}
