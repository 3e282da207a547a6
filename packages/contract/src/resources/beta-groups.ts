import {
  attribute,
  defineResource,
  equals,
  foreignMany,
  foreignOne,
  linksOnly,
  toMany,
  toOne,
} from '../define-resource.ts'
import { boolean, integer, text, utcInstant } from '../kinds.ts'
import { TESTFLIGHT_READERS } from '../roles.ts'
import { betaGroupBuilds } from './beta-group-builds.ts'

/** A group of testers. https://developer.apple.com/documentation/appstoreconnectapi/betagroup */
export const betaGroups = defineResource({
  type: 'betaGroups',
  schema: { one: 'BetaGroup', many: 'BetaGroups' },
  description: 'A group of testers, and the builds it has been given.',
  attributes: {
    name: attribute(text()),
    createdDate: attribute(utcInstant, { initial: { days: 0 } }),
    isInternalGroup: attribute(boolean, { initial: false }),
    hasAccessToAllBuilds: attribute(boolean, { nullable: true }),
    publicLinkEnabled: attribute(boolean, { nullable: true }),
    publicLinkId: attribute(text(), { nullable: true }),
    publicLinkLimitEnabled: attribute(boolean, { nullable: true }),
    publicLinkLimit: attribute(integer, { nullable: true }),
    publicLink: attribute(text(), { nullable: true }),
    feedbackEnabled: attribute(boolean, { initial: true }),
    iosBuildsAvailableForAppleSiliconMac: attribute(boolean, { nullable: true }),
    iosBuildsAvailableForAppleVision: attribute(boolean, { nullable: true }),
  },
  relationships: {
    app: toOne('apps', { create: 'required', related: { include: false }, linkage: { read: true } }),
    builds: toMany('builds', {
      through: betaGroupBuilds,
      includeLimit: 1000,
      related: { include: false },
      linkage: { read: true },
    }),
    betaTesters: foreignMany('betaTesters'),
    betaRecruitmentCriteria: foreignOne('betaRecruitmentCriteria'),
    betaRecruitmentCriterionCompatibleBuildCheck: linksOnly('related'),
  },
  operations: {
    list: {
      roles: TESTFLIGHT_READERS,
      filters: {
        name: equals(),
        isInternalGroup: equals(),
        publicLinkEnabled: equals(),
        publicLinkLimitEnabled: equals(),
        publicLink: equals(),
        app: equals(),
        builds: equals(),
        id: equals(),
      },
      sort: ['name', 'createdDate', 'publicLinkEnabled', 'publicLinkLimit'],
    },
    get: { roles: TESTFLIGHT_READERS },
  },
  readers: TESTFLIGHT_READERS,
})
