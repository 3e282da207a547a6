import { attribute, defineResource } from '../define-resource.ts'
import { boolean, instant, listOf, objectOf, oneOf, text } from '../kinds.ts'
import { TESTFLIGHT_READERS } from '../roles.ts'

const DOMAIN_ERRORS = [
  'BAD_HTTP_RESPONSE',
  'BAD_JSON_CONTENT',
  'BAD_PKCS7_SIGNATURE',
  'CANNOT_REACH_AASA_FILE',
  'CROSS_SITE_REDIRECTS_FORBIDDEN',
  'DNS_ERROR',
  'INSECURE_REDIRECTS_FORBIDDEN',
  'INVALID_ENTITLEMENT_MISSING_SECTION',
  'INVALID_ENTITLEMENT_SYNTAX_ERROR',
  'INVALID_ENTITLEMENT_UNHANDLED_SECTION',
  'INVALID_ENTITLEMENT_UNKNOWN_ID',
  'NETWORK_ERROR',
  'NETWORK_ERROR_TEMPORARY',
  'OTHER_ERROR',
  'TIMEOUT',
  'TLS_ERROR',
  'TOO_MANY_REDIRECTS',
  'UNEXPECTED_ERROR',
] as const

/** Whether the domains of an App Clip are associated with it. https://developer.apple.com/documentation/appstoreconnectapi/appclipdomainstatus */
export const appClipDomainStatuses = defineResource({
  type: 'appClipDomainStatuses',
  schema: { one: 'AppClipDomainStatus', many: 'AppClipDomainStatuses' },
  description: 'Whether the domains that an App Clip names are associated with it, as last looked up.',
  attributes: {
    domains: attribute(
      listOf(objectOf({ domain: text(), isValid: boolean, lastUpdatedDate: instant, errorCode: oneOf(DOMAIN_ERRORS) })),
      { nullable: true },
    ),
    lastUpdatedDate: attribute(instant, { initial: { days: 0 } }),
  },
  relationships: {},
  operations: {},
  readers: TESTFLIGHT_READERS,
})
