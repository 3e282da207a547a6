/** The roles a key can carry, by Apple's names. https://developer.apple.com/documentation/appstoreconnectapi/userrole */
export const ROLES = [
  'ADMIN',
  'FINANCE',
  'ACCOUNT_HOLDER',
  'SALES',
  'MARKETING',
  'APP_MANAGER',
  'DEVELOPER',
  'ACCESS_TO_REPORTS',
  'CUSTOMER_SUPPORT',
  'CREATE_APPS',
  'CLOUD_MANAGED_DEVELOPER_ID',
  'CLOUD_MANAGED_APP_DISTRIBUTION',
  'GENERATE_INDIVIDUAL_KEYS',
] as const

export type Role = (typeof ROLES)[number]

/**
 * Who sees apps, builds and what testers are offered.
 * Unverified: no source lists the roles that may read these endpoints; these are the roles that the web
 * pages of TestFlight are open to.
 */
export const TESTFLIGHT_READERS: readonly Role[] = [
  'ADMIN',
  'ACCOUNT_HOLDER',
  'APP_MANAGER',
  'DEVELOPER',
  'MARKETING',
  'CUSTOMER_SUPPORT',
  'SALES',
  'FINANCE',
]

/**
 * Who changes what testers are offered. Documented for the web form (Help, "Test an App Clip experience").
 * Unverified: that the API asks for the same roles; a Developer key was seen refused on sibling TestFlight
 * writes (evidence 1.4).
 */
export const TESTFLIGHT_MANAGERS: readonly Role[] = ['ADMIN', 'ACCOUNT_HOLDER', 'APP_MANAGER']
