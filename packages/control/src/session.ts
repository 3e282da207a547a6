import { ROLES } from '@clipflight/contract'
import { Type, type Static } from 'typebox'
import { strict } from './strict.ts'
import { teamNumber } from './team.ts'

/** Longer than any bearer token that the service takes. */
const LONGEST_TOKEN = 8192

/** What somebody signs in with: one of the two. */
export const signIn = Type.Object(
  {
    token: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: LONGEST_TOKEN,
        description: 'The admin token, or a bearer token that a key has signed, without a scope.',
      }),
    ),
    code: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Of `createSignInCode`.' })),
  },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
)
export type SignIn = Static<typeof signIn>

/** What a session may do. The cookie that proves it is in no answer that a script can read. */
export const session = strict({
  kind: Type.Enum(['admin', 'key'], {
    description:
      'admin: every operation, and /v1 as ADMIN of any team. key: /v1 as that key, and what is about its team.',
  }),
  team: Type.Union([teamNumber, Type.Null()], { description: 'Null for an admin.' }),
  keyId: Type.Union([Type.String(), Type.Null()], { description: 'Null for an admin.' }),
  roles: Type.Array(Type.Enum([...ROLES])),
  expiresAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
    description:
      "By the machine's clock, which sessions follow. Null for the admin token itself, which does not expire.",
  }),
  control: Type.Boolean({ description: 'Whether the service offers operations for admins (`--control on`).' }),
})
export type Session = Static<typeof session>

export const signInCode = strict({
  code: Type.String({ description: 'Signs in an admin, once.' }),
  expiresAt: Type.String({ format: 'date-time' }),
  origin: Type.Optional(
    Type.String({ description: 'Where the pages are for everybody, where the service was told (`--public-url`).' }),
  ),
})
export type SignInCode = Static<typeof signInCode>
