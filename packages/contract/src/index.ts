export { APPLE_HOST } from './apple-host.ts'
export { problemsOfDefinitions } from './check-definitions.ts'
export * from './define-resource.ts'
export * from './kinds.ts'
export * from './locales.ts'
export { PLATFORM } from './platform.ts'
export { TEAM_HEADER, type SessionTeam } from './team-header.ts'
export { keyFileName } from './key-file-name.ts'
export { TOKEN_AUDIENCE, TOKEN_LIFETIME_SECONDS } from './token-rules.ts'
export * from './problem.ts'
export * from './roles.ts'
export * from './selection.ts'
export * from './resources/definitions.ts'
export * from './resources/index.ts'
export { linksOf, METHODS, resourceOfType, routes, type Method, type Route, type RouteKind } from './routes.ts'
export * from './derived-types.ts'
export * from './named-types.ts'
export type { Creation, Draft, Update } from './document/draft.ts'
export { duplicate, readCreate } from './document/read-create.ts'
export { readLinkage, readUpdate } from './document/read-update.ts'
export { firstBytes, toByteString, type ByteString } from './document/byte-string.ts'
export * from './document/write-document.ts'
export * from './document/read-query.ts'
export { renderCoverage } from './coverage.ts'
export { appleOperations, type AppleOperation } from './not-yet.ts'
export {
  CONTRACT_VERSION,
  openApiDocument,
  type OpenApiDocument,
  type OpenApiOptions,
  type PathItem,
} from './openapi.ts'
export * from './query-parameters.ts'
export { ID_FORM, isRequired, mayGiveId, nestedIn, requiredLinks, rootResources, type Nested } from './seed-format.ts'
