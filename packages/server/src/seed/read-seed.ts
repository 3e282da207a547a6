import { rootResources } from '@clipflight/contract'
import { openYaml, type FileProblem, type Limits, type Member, type YamlText } from '@clipflight/yaml-text'
import { problemsAmong, resolveReferences } from './check-items.ts'
import { readRootItems, type ReadItems } from './read-items.ts'
import { isName, NAME_EXPECTED } from './name.ts'
import { readKeys } from './read-keys.ts'
import { SeedRefused, type Seed, type SeedTeam } from './seed.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Nobody else is answered while a seed is read: 4 MB of comments took 13 s, and 2,000 aliases of a list 18 (measured). Signs
 * are as many as the longest seed that is taken over HTTP can do with: 10,000 invocations in 3,333 builds, exported with all
 * they have, are 240,000 of them, and take two seconds.
 */
const LIMITS: Limits = { emptyLines: 100_000, signs: 3_000_000, repeats: 500_000 }

/** The seed that a YAML file describes. Throws `SeedRefused` with everything that is wrong with it. */
export function readSeed(text: string, fileName: string): Seed {
  const yaml = openYaml(text, LIMITS)
  const teams = yaml.isYaml ? readTeams(yaml) : []
  if (yaml.problems.length > 0) throw new SeedRefused(fileName, yaml.problems)
  return { fileName, teams }
}

function readTeams(yaml: YamlText): readonly SeedTeam[] {
  const members = yaml.readMapping(yaml.root, 'the file')
  if (members === undefined) return []
  yaml.refuseUnknown(members, ['teams'], 'a seed file')
  const list = members.get('teams')
  if (list === undefined) yaml.refuse(yaml.root, `the file must have 'teams'`)
  const nodes = list && yaml.readList(list.value, `'teams'`)
  if (nodes?.length === 0) yaml.refuse(list?.value, `'teams' must have at least one team`)
  const teams = (nodes ?? []).flatMap((node) => readTeam(yaml, node) ?? [])
  yaml.problems.push(...repeated(teams, ({ issuerId }) => issuerId?.toLowerCase(), 'team has the issuer id'))
  yaml.problems.push(
    ...repeated(
      teams.flatMap(({ keys }) => keys),
      ({ id }) => id,
      'key has the id',
    ),
  )
  return teams
}

function readTeam(yaml: YamlText, node: Member['value']): SeedTeam | undefined {
  const members = yaml.readMapping(node, 'a team')
  if (members === undefined) return undefined
  yaml.refuseUnknown(members, ['name', 'issuerId', 'keys', ...rootResources.map(({ type }) => type)], 'a team')
  const name = members.get('name')
  const teamName = name === undefined ? undefined : yaml.readValue(name.value)
  const isNamed = typeof teamName === 'string' && isName(teamName)
  if (!isNamed) yaml.refuse(name?.value ?? node, `a team must have a 'name', which is ${NAME_EXPECTED}`)
  const issuer = members.get('issuerId')
  const issuerId = issuer === undefined ? undefined : yaml.readValue(issuer.value)
  const isIssuer = typeof issuerId === 'string' && UUID.test(issuerId)
  if (issuer !== undefined && !isIssuer) yaml.refuse(issuer.value, `'issuerId' must be a UUID`)
  const keys = readKeys(yaml, node, members.get('keys'))

  const read: ReadItems = { items: [], references: [] }
  for (const resource of rootResources) {
    const member = members.get(resource.type)
    if (member !== undefined) readRootItems(yaml, resource, member, read)
  }
  yaml.problems.push(...problemsAmong(read.items))
  return {
    name: isNamed ? teamName : '',
    ...(isIssuer ? { issuerId } : {}),
    keys,
    items: read.items,
    pairs: resolveReferences(read.references, read.items, yaml.problems),
    at: yaml.placeOf(node),
  }
}

function repeated<T extends { readonly at: SeedTeam['at'] }>(
  list: readonly T[],
  valueOf: (item: T) => string | undefined,
  what: string,
): FileProblem[] {
  const seen = new Set<string>()
  return list.flatMap((item) => {
    const value = valueOf(item)
    if (value === undefined || !seen.has(value)) {
      if (value !== undefined) seen.add(value)
      return []
    }
    return [{ ...item.at, reason: `another ${what} '${value}'` }]
  })
}
