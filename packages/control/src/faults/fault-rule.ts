import { METHODS } from '@clipflight/contract'
import { Type, type Static } from 'typebox'
import { LONGEST_PATH_PATTERN } from '../path-pattern.ts'
import { LONGEST_DELAY_MILLISECONDS } from './longest-delay.ts'
import { strict } from '../strict.ts'
import { teamNumber } from '../team.ts'

const milliseconds = Type.Number({ minimum: 0, maximum: LONGEST_DELAY_MILLISECONDS })

/** Which requests a rule is for: those that fulfil all of it. */
export const faultMatch = strict({
  team: Type.Optional(teamNumber),
  key: Type.Optional(Type.String({ minLength: 1, description: 'Id of the key.' })),
  method: Type.Optional(Type.Enum([...METHODS])),
  path: Type.Optional(
    Type.String({
      pattern: '^/',
      maxLength: LONGEST_PATH_PATTERN,
      description: "text that begins with '/', with * for a part between slashes and ** for any number of them.",
    }),
  ),
  operation: Type.Optional(
    Type.String({ minLength: 1, description: "Apple's name of the operation, such as builds_getCollection." }),
  ),
})
export type FaultMatch = Static<typeof faultMatch>

/** How often a rule strikes. Without any of it: always. */
export const faultWhen = Type.Object(
  {
    next: Type.Optional(Type.Integer({ minimum: 1, description: 'The next so many, and then never again.' })),
    every: Type.Optional(Type.Integer({ minimum: 1, description: 'Each so many-th.' })),
    probability: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  },
  { additionalProperties: false, maxProperties: 1 },
)
export type FaultWhen = Static<typeof faultWhen>

/** Source of a pattern: schemas have no flag for it. */
function anyCase(word: string): string {
  return word.replaceAll(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`)
}

/** An error in the form of Apple's, or a page. */
export const faultAnswer = strict({
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  code: Type.Optional(Type.String({ minLength: 1, description: "Apple's; UNEXPECTED_ERROR when left out." })),
  title: Type.Optional(Type.String()),
  detail: Type.Optional(Type.Union([Type.String(), Type.Null()], { description: 'Null leaves it out of the answer.' })),
  source: Type.Optional(
    Type.Object({ pointer: Type.Optional(Type.String()), parameter: Type.Optional(Type.String()) }),
  ),
  links: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  meta: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  headers: Type.Optional(
    // How an answer is framed is not for headers: Node complains of `Trailer`, and clients of a length beside chunks.
    Type.Record(
      Type.String({ pattern: `^(?!(?:${anyCase('trailer')}|${anyCase('transfer-encoding')})$)[A-Za-z0-9-]+$` }),
      Type.String({ pattern: '^[\\x20-\\x7e]*$' }),
      {
        additionalProperties: false,
      },
    ),
  ),
  html: Type.Optional(Type.String({ description: 'The body, in the place of an error of the API.' })),
})
export type FaultAnswer = Static<typeof faultAnswer>

/** Always the same, or evenly spread from one to the other, or spread around a mean. */
export const faultDelay = strict({
  milliseconds: Type.Optional(milliseconds),
  from: Type.Optional(milliseconds),
  to: Type.Optional(milliseconds),
  normal: Type.Optional(strict({ mean: milliseconds, deviation: milliseconds })),
})
export type FaultDelay = Static<typeof faultDelay>

/** What happens: exactly one thing. `applied` belongs to `answer`. */
export const faultThen = strict({
  answer: Type.Optional(faultAnswer),
  applied: Type.Optional(Type.Literal(true, { description: 'The request is carried out before it gets the answer.' })),
  delay: Type.Optional(faultDelay),
  cut: Type.Optional(
    Type.Enum(['before', 'after'], { description: 'The connection, before or after the request was carried out.' }),
  ),
  truncate: Type.Optional(
    Type.Integer({ minimum: 0, description: 'The connection is cut after so many bytes of the body.' }),
  ),
  hideNewBuilds: Type.Optional(
    strict({ seconds: Type.Integer({ minimum: 1, maximum: 86_400 }) }, 'Writes do not find builds made from here on.'),
  ),
  keepProcessing: Type.Optional(Type.Literal(true, { description: 'Builds made from here on are never done.' })),
})
export type FaultThen = Static<typeof faultThen>

/** A rule, or a preset by its name, of which `match` and `when` may be replaced. */
export const faultCreation = strict({
  preset: Type.Optional(Type.String({ minLength: 1 })),
  match: Type.Optional(faultMatch),
  when: Type.Optional(faultWhen),
  then: Type.Optional(faultThen),
})
export type FaultCreation = Static<typeof faultCreation>

/** A rule with everything said. */
export interface FaultRule {
  readonly match: FaultMatch
  readonly when: FaultWhen
  readonly then: FaultThen
}

/** A rule that is set up, and what it did so far. */
export const fault = strict({
  id: Type.String(),
  preset: Type.Optional(Type.String()),
  match: faultMatch,
  when: faultWhen,
  then: faultThen,
  matched: Type.Integer({ description: 'How many requests or builds it was looked at for.' }),
  struck: Type.Integer({ description: 'How many of them it struck.' }),
})
export type Fault = Static<typeof fault>

/** A rule by its name. */
export const preset = strict({
  name: Type.String(),
  description: Type.String(),
  match: faultMatch,
  when: faultWhen,
  then: faultThen,
})
