import { ROLES } from '@clipflight/contract'
import { Type, type Static } from 'typebox'
import { LONGEST_NAME } from './plain-text-form.ts'
import { plainText } from './plain-text.ts'
import { strict } from './strict.ts'

/** What a database counts up to. */
const HIGHEST_NUMBER = 2 ** 31 - 1

/** Numbers of teams are counted, and never come back. */
export const teamNumber = Type.Integer({ minimum: 1, maximum: HIGHEST_NUMBER, description: 'Number of the team.' })

const seedText = Type.String({
  minLength: 1,
  description:
    '`demo`, `none`, or the YAML of a seed file with one team. docs/seed-files.md of the project has the format.',
})

const name = plainText(LONGEST_NAME)

const roles = Type.Array(Type.Enum([...ROLES]), { minItems: 1, uniqueItems: true, description: 'ADMIN when left out.' })

/** What a key to make may be told. */
export const keyCreation = strict({
  name: Type.Optional(name),
  roles: Type.Optional(roles),
  individual: Type.Optional(Type.Boolean({ description: 'Its tokens carry no issuer.' })),
})
export type KeyCreation = Static<typeof keyCreation>

const keyMembers = {
  id: Type.String(),
  name: Type.String(),
  roles: Type.Array(Type.Enum([...ROLES])),
  individual: Type.Boolean(),
  revoked: Type.Boolean(),
}

export const key = strict(keyMembers, 'A key of a team: never its private half.')
export type Key = Static<typeof key>

export const madeKey = strict(
  {
    ...keyMembers,
    issuerId: Type.Union([Type.String(), Type.Null()], { description: 'Null for an individual key.' }),
    privateKey: Type.String({ description: 'PKCS#8, PEM. Shown this once and kept nowhere.' }),
  },
  'A key that was just made.',
)
export type MadeKey = Static<typeof madeKey>

/** What a team to make may be told; it has one ADMIN key and nothing else when told nothing. */
export const teamCreation = strict({
  name: Type.Optional(name),
  seed: Type.Optional(seedText),
  keys: Type.Optional(
    Type.Array(keyCreation, {
      maxItems: 100,
      description: "Instead of the seed's. One ADMIN key when neither has any.",
    }),
  ),
})
export type TeamCreation = Static<typeof teamCreation>

const teamMembers = { team: teamNumber, name: Type.String(), issuerId: Type.String() }

export const team = strict(
  teamMembers,
  'A team. It sees nothing of the others, and is as good as a sandbox of its own.',
)
export type Team = Static<typeof team>

/** A team that was just made. */
export const madeTeam = strict({
  ...teamMembers,
  keys: Type.Array(madeKey, { description: 'Those whose private halves were made here.' }),
})
export type MadeTeam = Static<typeof madeTeam>

/** What the rows of a team are replaced by. */
export const seeding = strict({ seed: seedText })
