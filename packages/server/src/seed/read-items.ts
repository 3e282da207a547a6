import { isRequired, mayGiveId, nestedIn, requiredLinks, type Nested, type Resource } from '@clipflight/contract'
import { didYouMean, type Member, type Place, type YamlNode as Node, type YamlText } from '@clipflight/yaml-text'
import { isPossibleId } from '../operations/new-id.ts'
import { fixMoments } from './moments.ts'
import type { SeedItem } from './seed.ts'

/** A list of ids or names under an item, for a table of pairs: what they mean is known when all items are. */
export interface Reference {
  readonly item: SeedItem
  readonly nested: Nested
  readonly word: string
  readonly at: Place
}

/** What was read of a team; items stand behind those they link to. */
export interface ReadItems {
  readonly items: SeedItem[]
  readonly references: Reference[]
}

/** An item that others are nested in, and what that one is nested in. */
interface Parent {
  readonly item: SeedItem
  readonly parent: Parent | undefined
}

/** Reads the list of one of the types that stand on their own into `into`. */
export function readRootItems(yaml: YamlText, resource: Resource, { value }: Member, into: ReadItems): void {
  for (const node of yaml.readList(value, `'${resource.type}'`) ?? [])
    readItem({ yaml, into }, resource, node, undefined)
}

interface Reading {
  readonly yaml: YamlText
  readonly into: ReadItems
}

function readItem(
  reading: Reading,
  resource: Resource,
  node: Node,
  parent: Parent | undefined,
  inverse?: string,
): SeedItem | undefined {
  const { yaml, into } = reading
  const members = yaml.readMapping(node, `an item of type '${resource.type}'`)
  if (members === undefined) return undefined
  const nested = nestedIn(resource, typesAbove(parent))
  refuseUnknown(yaml, resource, members, nested)

  const links: Record<string, SeedItem> = linksToParents(resource, parent, inverse)
  for (const { name, target, shape } of nested) {
    const member = shape.is === 'column' ? members.get(name) : undefined
    const linked = member === undefined ? undefined : readItem(reading, target, member.value, undefined)
    if (linked !== undefined) links[name] = linked
  }
  const id = readId(yaml, resource, members.get('id'))
  const item: SeedItem = {
    resource,
    at: yaml.placeOf(node),
    ...(id === undefined ? {} : { id }),
    attributes: readAttributes(yaml, resource, node, members),
    links,
  }
  into.items.push(item)
  for (const each of nested) readNested(reading, { item, parent }, each, members.get(each.name))
  return item
}

function typesAbove(parent: Parent | undefined): ReadonlySet<string> {
  const types = new Set<string>()
  for (let above = parent; above !== undefined; above = above.parent) types.add(above.item.resource.type)
  return types
}

/** A column that is never empty leads to the nearest item of its type that this one stands under. */
function linksToParents(
  resource: Resource,
  parent: Parent | undefined,
  inverse: string | undefined,
): Record<string, SeedItem> {
  const links: Record<string, SeedItem> = {}
  for (const [name, type] of requiredLinks(resource)) {
    const above = name === inverse ? parent : nearest(type, parent)
    if (above !== undefined) links[name] = above.item
  }
  return links
}

function nearest(type: string, parent: Parent | undefined): Parent | undefined {
  return parent === undefined || parent.item.resource.type === type ? parent : nearest(type, parent.parent)
}

function refuseUnknown(
  yaml: YamlText,
  resource: Resource,
  members: ReadonlyMap<string, Member>,
  nested: readonly Nested[],
): void {
  const known = [
    ...(mayGiveId(resource) ? ['id'] : []),
    ...Object.keys(resource.attributes),
    ...nested.map(({ name }) => name),
  ]
  for (const [name, { key }] of members) {
    if (!known.includes(name)) yaml.refuse(key, `'${name}' ${whyNot(resource, name)}.${didYouMean(name, known)}`)
  }
}

function whyNot(resource: Resource, name: string): string {
  if (name === 'id') return `of '${resource.type}' cannot be given: it is that of what it belongs to`
  const definition = Object.hasOwn(resource.relationships, name) ? resource.relationships[name] : undefined
  if (definition === undefined) return `is not a member of '${resource.type}'`
  if (definition.kept === 'foreign') return `of '${resource.type}' cannot be seeded: the service does not carry it`
  if (definition.cardinality === 'one' && definition.kept === 'column') return `follows from where this stands`
  return `cannot stand under '${resource.type}', for it needs more around it: docs/seed-files.md shows where it goes`
}

function readId(yaml: YamlText, resource: Resource, member: Member | undefined): string | undefined {
  if (member === undefined || !mayGiveId(resource)) return undefined
  const id = yaml.readValue(member.value)
  if (typeof id === 'string' && isPossibleId(id)) return id
  const hint = typeof id === 'number' ? `: write it in quotes, '${String(id)}'` : ''
  yaml.refuse(member.value, `'id' must be text of 1 to 64 letters, digits, '.', '_' and '-'${hint}`)
  return undefined
}

function readAttributes(
  yaml: YamlText,
  resource: Resource,
  node: Node,
  members: ReadonlyMap<string, Member>,
): Readonly<Record<string, unknown>> {
  const attributes: Record<string, unknown> = {}
  for (const [name, { kind, nullable }] of Object.entries(resource.attributes)) {
    const member = members.get(name)
    if (member === undefined) {
      if (isRequired(resource, name)) yaml.refuse(node, `'${resource.type}' must have the attribute '${name}'`)
      continue
    }
    const value = yaml.readValue(member.value)
    // Durations are counted from 1970 here: how far they lead from the moment of planting is looked at then.
    const complaint =
      value === null && nullable === true ? undefined : kind.complain(fixMoments(kind.schema, value, 0), name)
    if (complaint === undefined) attributes[name] = value
    else yaml.refuse(member.value, reasonFor(name, value, kind.storedAs, complaint.detail))
  }
  return attributes
}

function reasonFor(name: string, value: unknown, storedAs: string, detail: string): string {
  if (value === null) return `'${name}' must have a value`
  if (storedAs === 'instant') {
    return `'${name}' must be a point in time such as '2026-03-01T09:30:00Z', or a duration before the seeding such as '-P3D'`
  }
  const isUnquoted = storedAs === 'text' && (typeof value === 'number' || typeof value === 'boolean')
  return isUnquoted ? `'${name}' must be text: write it in quotes` : detail
}

function readNested(reading: Reading, parent: Parent, nested: Nested, member: Member | undefined): void {
  const { yaml, into } = reading
  const { name, target, shape } = nested
  if (shape.is === 'column') return
  if (shape.is === 'references') {
    for (const word of member === undefined ? [] : (yaml.readList(member.value, `'${name}'`) ?? [])) {
      const text = yaml.readValue(word)
      if (typeof text === 'string')
        into.references.push({ item: parent.item, nested, word: text, at: yaml.placeOf(word) })
      else
        yaml.refuse(word, `an entry of '${name}' must be the name or the id of one of the '${target.type}', in quotes`)
    }
    return
  }
  if (shape.is === 'mapping') {
    if (member !== undefined) readItem(reading, target, member.value, parent, shape.inverse)
    else if (shape.twin) into.items.push(makeTwin(target, parent, shape.inverse))
    return
  }
  const list = member === undefined ? undefined : yaml.readList(member.value, `'${name}'`)
  for (const each of list ?? []) readItem(reading, target, each, parent, shape.inverse)
}

/** It exists whenever its other half does, so it begins with the values that its definition says. */
function makeTwin(resource: Resource, parent: Parent, inverse: string): SeedItem {
  return { resource, at: parent.item.at, attributes: {}, links: linksToParents(resource, parent, inverse) }
}
