import { createPublicKey } from 'node:crypto'
import { ROLES, type Role } from '@clipflight/contract'
import { didYouMean, type Member, type YamlNode as Node, type YamlText } from '@clipflight/yaml-text'
import { isName, NAME_EXPECTED } from './name.ts'
import type { SeedKey } from './seed.ts'
import { KEY_ID, KEY_MEMBERS } from './seed-schema.ts'

/** The keys of a team; when none are mentioned, one that may do everything. */
export function readKeys(yaml: YamlText, team: Node, member: Member | undefined): readonly SeedKey[] {
  if (member === undefined) return [{ roles: ['ADMIN'], individual: false, revoked: false, at: yaml.placeOf(team) }]
  return (yaml.readList(member.value, `'keys'`) ?? []).flatMap((node) => readKey(yaml, node) ?? [])
}

function readKey(yaml: YamlText, node: Node): SeedKey | undefined {
  const members = yaml.readMapping(node, 'a key')
  if (members === undefined) return undefined
  yaml.refuseUnknown(members, KEY_MEMBERS, 'a key')
  const id = readText(
    yaml,
    members.get('id'),
    (text) => KEY_ID.test(text),
    `'id' of a key must be 10 characters of A-Z and 0-9, in quotes`,
  )
  const name = readText(yaml, members.get('name'), isName, `'name' of a key must be ${NAME_EXPECTED}`)
  const publicKey = readPublicKey(yaml, members.get('publicKey'))
  return {
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    roles: readRoles(yaml, members.get('roles')),
    individual: readFlag(yaml, members.get('individual'), 'individual'),
    revoked: readFlag(yaml, members.get('revoked'), 'revoked'),
    ...(publicKey === undefined ? {} : { publicKey }),
    at: yaml.placeOf(node),
  }
}

function readText(
  yaml: YamlText,
  member: Member | undefined,
  isGood: (text: string) => boolean,
  reason: string,
): string | undefined {
  if (member === undefined) return undefined
  const text = yaml.readValue(member.value)
  if (typeof text === 'string' && isGood(text)) return text
  yaml.refuse(member.value, reason)
  return undefined
}

function readFlag(yaml: YamlText, member: Member | undefined, name: string): boolean {
  const value = member === undefined ? false : yaml.readValue(member.value)
  if (typeof value === 'boolean') return value
  yaml.refuse(member?.value, `'${name}' must be true or false`)
  return false
}

function readRoles(yaml: YamlText, member: Member | undefined): readonly Role[] {
  if (member === undefined) return ['ADMIN']
  const nodes = yaml.readList(member.value, `'roles'`)
  if (nodes?.length === 0) yaml.refuse(member.value, `'roles' must have at least one role`)
  return (nodes ?? []).flatMap((node) => {
    const word = yaml.readValue(node)
    const role = ROLES.find((known) => known === word)
    if (role !== undefined) return [role]
    yaml.refuse(
      node,
      `'${String(word)}' is not a role.${didYouMean(String(word), ROLES) || ` The roles are ${ROLES.join(', ')}.`}`,
    )
    return []
  })
}

function readPublicKey(yaml: YamlText, member: Member | undefined): string | undefined {
  if (member === undefined) return undefined
  const text = yaml.readValue(member.value)
  const key = typeof text === 'string' ? toPublicKey(text) : undefined
  if (key === undefined)
    yaml.refuse(
      member.value,
      `'publicKey' must be the public half of a P-256 key, in PEM ('-----BEGIN PUBLIC KEY-----')`,
    )
  return key
}

/** Rewritten, so that a key reads the same however its lines were broken. A private key is not taken for its public half. */
function toPublicKey(pem: string): string | undefined {
  if (!pem.includes('-----BEGIN PUBLIC KEY-----')) return undefined
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
      ? String(key.export({ type: 'spki', format: 'pem' }))
      : undefined
  } catch {
    // Not PEM, or not of a key: the caller says what is expected.
    return undefined
  }
}
