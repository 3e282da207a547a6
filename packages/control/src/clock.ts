import { Type, type Static } from 'typebox'
import { strict } from './strict.ts'

/** Tokens, the rate limit, the processing of builds and what is saved as a date follow this clock. */
export const clockState = strict({
  now: Type.String({ format: 'date-time' }),
  frozen: Type.Boolean({ description: 'Whether it stands still.' }),
  aheadMilliseconds: Type.Integer({ description: "How far it is ahead of the machine's clock; negative when behind." }),
})
export type ClockState = Static<typeof clockState>

/** What happens to the clock, in this order. */
export const clockChange = strict({
  release: Type.Optional(Type.Literal(true, { description: "Back to the machine's clock, running." })),
  frozen: Type.Optional(Type.Boolean({ description: 'Stands still, or runs on from where it is.' })),
  set: Type.Optional(Type.String({ format: 'date-time' })),
  advanceMilliseconds: Type.Optional(
    Type.Integer({
      minimum: -3_155_760_000_000,
      maximum: 3_155_760_000_000,
      description: 'Back when negative; at most a hundred years.',
    }),
  ),
})
export type ClockChange = Static<typeof clockChange>
