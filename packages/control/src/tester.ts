import { Type, type Static } from 'typebox'
import { plainText } from './plain-text.ts'
import { strict } from './strict.ts'

/** What a link for testers may be told. */
export const testerLinkCreation = strict({
  name: Type.Optional(plainText(200, 'whom the link is for.')),
})

/** A link by which whoever has it reads what testers of one build are offered, and nothing else. */
export const testerLink = strict({
  id: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
  name: Type.Optional(Type.String()),
})
export type TesterLink = Static<typeof testerLink>

export const madeTesterLink = strict({
  ...testerLink.properties,
  path: Type.String({
    description: 'Of the page, below the address of the service. Shown this once and kept nowhere.',
  }),
})
export type MadeTesterLink = Static<typeof madeTesterLink>

const byLocale = Type.Record(Type.String(), Type.String(), { description: 'By locale, such as en-US.' })
const moment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()])

/** What a tester of a build is offered. No id, no team, no key. */
export const testerBuild = strict({
  now: Type.String({ format: 'date-time', description: "By the service's clock, which what testers see follows." }),
  app: strict({ name: Type.String(), bundleId: Type.String() }),
  version: Type.String({ description: 'Of the app, such as 1.4.' }),
  build: Type.String({ description: 'Its number.' }),
  platform: Type.String(),
  uploadedAt: moment,
  expiresAt: moment,
  expired: Type.Boolean(),
  whatToTest: byLocale,
  invocations: Type.Array(strict({ url: Type.String(), titles: byLocale })),
  appClipBundleIds: Type.Array(Type.String()),
})
export type TesterBuild = Static<typeof testerBuild>
