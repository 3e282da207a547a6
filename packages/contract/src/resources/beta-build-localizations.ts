import { attribute, defineResource, equals, toOne } from '../define-resource.ts'
import { knownText, text } from '../kinds.ts'
import { LOCALES } from '../locales.ts'
import { TESTFLIGHT_MANAGERS, TESTFLIGHT_READERS } from '../roles.ts'

/** What to test in a build, in one language. https://developer.apple.com/documentation/appstoreconnectapi/betabuildlocalization */
export const betaBuildLocalizations = defineResource({
  type: 'betaBuildLocalizations',
  schema: { one: 'BetaBuildLocalization', many: 'BetaBuildLocalizations' },
  description: 'What testers are asked to test in a build, in one language.',
  attributes: {
    // 4,000 is what fastlane cuts it to (evidence 5.5 no. 42).
    whatsNew: attribute(text({ maxLength: 4000 }), { create: 'optional', update: 'optional', nullable: true }),
    locale: attribute(knownText(LOCALES), { create: 'required' }),
  },
  relationships: {
    build: toOne('builds', { create: 'required', related: { include: false }, linkage: { read: true } }),
  },
  operations: {
    list: { roles: TESTFLIGHT_READERS, filters: { locale: equals(), build: equals() } },
    get: { roles: TESTFLIGHT_READERS },
    create: { roles: TESTFLIGHT_MANAGERS },
    update: { roles: TESTFLIGHT_MANAGERS },
    delete: { roles: TESTFLIGHT_MANAGERS },
  },
  readers: TESTFLIGHT_READERS,
  unique: [['build', 'locale']],
})
