import type { Resource } from '../define-resource.ts'
import type { Route } from '../routes.ts'

/** `beta app clip invocation` for `BetaAppClipInvocation`. */
function inWords(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/\bapp clip/g, 'App Clip')
    .replaceAll('pre release', 'prerelease')
}

function withArticle(words: string): string {
  return `${/^[aeiou]/i.test(words) ? 'an' : 'a'} ${words}`
}

/** What the operation does, in a few words. */
export function summaryOf({ kind, resource, relationship }: Route): string {
  const one = withArticle(inWords(resource.schema.one))
  const related = inWords(relationship?.name ?? '')
  const many = relationship?.definition.cardinality === 'many'
  switch (kind) {
    case 'list':
      return `List ${inWords(resource.schema.many)}`
    case 'get':
      return `Read ${one}`
    case 'create':
      return `Create ${one}`
    case 'update':
      return `Change ${one}`
    case 'delete':
      return `Delete ${one}`
    case 'related':
      return many ? `List the ${related} of ${one}` : `Read the ${related} of ${one}`
    case 'linkage':
      return many ? `List the ids of the ${related} of ${one}` : `Read the id of the ${related} of ${one}`
    case 'add links':
      return `Add ${related} to ${one}`
    case 'remove links':
      return `Remove ${related} from ${one}`
  }
}

/** What a caller should know beyond the schema: what is refused, and to whom the operation is open. */
export function descriptionOf(route: Route): string {
  const { kind, resource, relationship, roles } = route
  const subject = kind === 'related' || kind === 'linkage' ? relationship?.target : resource
  const rules = kind === 'create' || kind === 'update' ? rulesOf(resource) : []
  const sentences = [subject?.description ?? '', ...rules, `Open to the roles ${roles.join(', ')}.`]
  return sentences.filter((sentence) => sentence !== '').join('\n\n')
}

function rulesOf({ unique = [], atMost }: Resource): string[] {
  const once = unique.map((names) => `No two have the same ${names.map((name) => `\`${name}\``).join(' and ')}.`)
  return atMost === undefined ? once : [...once, `There are at most ${atMost.count} per \`${atMost.per}\`.`]
}
