import type { Identifier, RawDocument, RawResource } from '@clipflight/client'
import type { Nested } from '@clipflight/contract'

/** Resources as a service answered them, in the order in which they came, and what is linked with what. */
export interface Gathered {
  readonly all: Iterable<RawResource>
  /** Takes in everything that a document holds. */
  add(document: RawDocument): void
  /** Notes what the endpoint of a relationship answered: its document, and whose it is. */
  addBelow(parent: Identifier, relationship: string, document: RawDocument): void
  /** Notes a link that no answer showed. */
  link(parent: Identifier, relationship: string, children: readonly Identifier[]): void
  /** What stands under a resource in a seed file. */
  below(parent: Identifier, nested: Nested): readonly RawResource[]
}

export function createGathered(): Gathered {
  const known = new Map<string, RawResource>()
  const links = new Map<string, readonly Identifier[]>()
  const linked = (from: Identifier, relationship: string): readonly Identifier[] | undefined =>
    links.get(`${keyOf(from)}/${relationship}`)

  function link(parent: Identifier, relationship: string, children: readonly Identifier[]): void {
    const key = `${keyOf(parent)}/${relationship}`
    links.set(key, [...(links.get(key) ?? []), ...children])
  }

  function take(raw: RawResource): void {
    known.set(keyOf(raw), raw)
    for (const [name, { data }] of Object.entries(raw.relationships ?? {})) {
      if (data !== undefined) links.set(`${keyOf(raw)}/${name}`, [data ?? []].flat())
    }
  }

  function add({ data, included = [] }: RawDocument): void {
    for (const raw of [data ?? [], included].flat()) take(raw)
  }

  return {
    all: { [Symbol.iterator]: () => known.values() },
    add,
    link,
    addBelow(parent, relationship, document) {
      add(document)
      link(parent, relationship, [document.data ?? []].flat())
    },
    below(parent, { name, target, shape }) {
      const children = linked(parent, name)
      if (children !== undefined) return children.flatMap((child) => known.get(keyOf(child)) ?? [])
      if (!('inverse' in shape)) return []
      return [...known.values()].filter(
        (each) => each.type === target.type && linked(each, shape.inverse)?.some(({ id }) => id === parent.id),
      )
    },
  }
}

function keyOf({ type, id }: Identifier): string {
  return `${type}/${id}`
}
