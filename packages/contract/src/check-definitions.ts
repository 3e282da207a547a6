import type { Relationship, Resource } from './define-resource.ts'

/** What makes no sense in the definitions, a sentence each: a typo must fail at the start, not at a request. */
export function problemsOfDefinitions(resources: Readonly<Record<string, Resource>>): readonly string[] {
  const ofType = (type: string): Resource | undefined => (Object.hasOwn(resources, type) ? resources[type] : undefined)
  return Object.entries(resources).flatMap(([name, resource]) => [
    ...(name === resource.type ? [] : [`The registry calls '${resource.type}' '${name}'.`]),
    ...Object.entries(resource.relationships).flatMap(([relationship, definition]) =>
      problemsOfRelationship(`${resource.type}.${relationship}`, definition, ofType(definition.target)),
    ),
    ...problemsOfNames(
      resource,
      'unique',
      (resource.unique ?? []).flat(),
      (member) => isColumn(resource.relationships[member]) || isIndexable(resource, member),
    ),
    ...problemsOfNames(resource, 'atMost', resource.atMost === undefined ? [] : [resource.atMost.per], (member) =>
      isColumn(resource.relationships[member]),
    ),
    ...problemsOfNames(resource, 'ids', typeof resource.ids === 'object' ? [resource.ids.sameAs] : [], (member) =>
      isColumn(resource.relationships[member]),
    ),
    ...problemsOfNames(
      resource,
      'attributes',
      Object.keys(resource.attributes),
      (member) => !Object.hasOwn(resource.relationships, member),
    ),
    ...problemsOfNames(
      resource,
      'shortName',
      Object.values(resource.relationships).flatMap(({ shortName }) => shortName ?? []),
      (name) => !Object.hasOwn(resource.attributes, name) && !Object.hasOwn(resource.relationships, name),
    ),
  ])
}

function problemsOfNames(
  resource: Resource,
  where: string,
  names: readonly string[],
  isRight: (name: string) => boolean,
): string[] {
  return names
    .filter((name) => !isRight(name))
    .map((name) => `${resource.type}: '${name}' makes no sense in '${where}'.`)
}

function isColumn(definition: Relationship | undefined): boolean {
  return definition?.kept === 'column'
}

/** PostgreSQL has room for 2,704 bytes in an index, ids included. The longest of ours are URLs, which are ASCII. */
const MOST_CHARACTERS_OF_AN_INDEX = 2048

/** Whether it is an attribute whose values all fit into an index. */
function isIndexable({ attributes }: Resource, name: string): boolean {
  const kind = Object.hasOwn(attributes, name) ? attributes[name]?.kind : undefined
  if (kind === undefined || kind.storedAs !== 'text') return kind !== undefined
  const { maxLength } = kind.schema
  return kind.values !== undefined || (typeof maxLength === 'number' && maxLength <= MOST_CHARACTERS_OF_AN_INDEX)
}

function problemsOfRelationship(name: string, definition: Relationship, target: Resource | undefined): string[] {
  if (definition.kept === 'foreign') {
    return target === undefined ? [] : [`${name} is foreign, but '${definition.target}' is carried.`]
  }
  if (target === undefined) return [`${name} leads to '${definition.target}', which is not carried.`]
  if (definition.kept === 'column') return []
  if ('inverse' in definition.kept) {
    const { inverse } = definition.kept
    return isColumn(target.relationships[inverse]) ? [] : [`${name}: '${target.type}' has no to-one '${inverse}'.`]
  }
  return definition.kept.through.ends.includes(definition.target)
    ? []
    : [`${name}: '${definition.kept.through.table}' does not pair '${definition.target}'.`]
}
