import { routes, type Method } from './routes.ts'

/** An operation of Apple's API. */
export interface AppleOperation {
  readonly method: Method
  /** With `{id}` where the id stands, as in OpenAPI. */
  readonly path: string
  readonly operationId: string
  /** Whether Clipflight answers it; the others are refused as not implemented. */
  readonly served: boolean
}

/**
 * What Apple's App Store Connect API 4.4.1 has, in the part of it that Clipflight set out to cover, and
 * Clipflight had not when the list was made. `check:apple` compares this list and the routes with Apple's document.
 */
const NOT_YET: readonly Omit<AppleOperation, 'served'>[] = [
  { method: 'GET', path: '/v1/actors', operationId: 'actors_getCollection' },
  { method: 'GET', path: '/v1/actors/{id}', operationId: 'actors_getInstance' },
  { method: 'PATCH', path: '/v1/apps/{id}', operationId: 'apps_updateInstance' },
  { method: 'POST', path: '/v1/betaGroups', operationId: 'betaGroups_createInstance' },
  { method: 'PATCH', path: '/v1/betaGroups/{id}', operationId: 'betaGroups_updateInstance' },
  { method: 'DELETE', path: '/v1/betaGroups/{id}', operationId: 'betaGroups_deleteInstance' },
  { method: 'GET', path: '/v1/betaTesters', operationId: 'betaTesters_getCollection' },
  { method: 'POST', path: '/v1/betaTesters', operationId: 'betaTesters_createInstance' },
  { method: 'GET', path: '/v1/betaTesters/{id}', operationId: 'betaTesters_getInstance' },
  { method: 'DELETE', path: '/v1/betaTesters/{id}', operationId: 'betaTesters_deleteInstance' },
  { method: 'POST', path: '/v1/buildUploadFiles', operationId: 'buildUploadFiles_createInstance' },
  { method: 'GET', path: '/v1/buildUploadFiles/{id}', operationId: 'buildUploadFiles_getInstance' },
  { method: 'PATCH', path: '/v1/buildUploadFiles/{id}', operationId: 'buildUploadFiles_updateInstance' },
  { method: 'POST', path: '/v1/buildUploads', operationId: 'buildUploads_createInstance' },
  { method: 'GET', path: '/v1/buildUploads/{id}', operationId: 'buildUploads_getInstance' },
  { method: 'DELETE', path: '/v1/buildUploads/{id}', operationId: 'buildUploads_deleteInstance' },
  {
    method: 'GET',
    path: '/v1/apps/{id}/relationships/buildUploads',
    operationId: 'apps_buildUploads_getToManyRelationship',
  },
  { method: 'GET', path: '/v1/apps/{id}/buildUploads', operationId: 'apps_buildUploads_getToManyRelated' },
  {
    method: 'GET',
    path: '/v1/betaGroups/{id}/relationships/betaTesters',
    operationId: 'betaGroups_betaTesters_getToManyRelationship',
  },
  {
    method: 'POST',
    path: '/v1/betaGroups/{id}/relationships/betaTesters',
    operationId: 'betaGroups_betaTesters_createToManyRelationship',
  },
  {
    method: 'DELETE',
    path: '/v1/betaGroups/{id}/relationships/betaTesters',
    operationId: 'betaGroups_betaTesters_deleteToManyRelationship',
  },
  { method: 'GET', path: '/v1/betaGroups/{id}/betaTesters', operationId: 'betaGroups_betaTesters_getToManyRelated' },
  {
    method: 'POST',
    path: '/v1/betaGroups/{id}/relationships/builds',
    operationId: 'betaGroups_builds_createToManyRelationship',
  },
  {
    method: 'DELETE',
    path: '/v1/betaGroups/{id}/relationships/builds',
    operationId: 'betaGroups_builds_deleteToManyRelationship',
  },
  {
    method: 'GET',
    path: '/v1/betaTesters/{id}/relationships/apps',
    operationId: 'betaTesters_apps_getToManyRelationship',
  },
  {
    method: 'DELETE',
    path: '/v1/betaTesters/{id}/relationships/apps',
    operationId: 'betaTesters_apps_deleteToManyRelationship',
  },
  { method: 'GET', path: '/v1/betaTesters/{id}/apps', operationId: 'betaTesters_apps_getToManyRelated' },
  {
    method: 'GET',
    path: '/v1/betaTesters/{id}/relationships/betaGroups',
    operationId: 'betaTesters_betaGroups_getToManyRelationship',
  },
  {
    method: 'POST',
    path: '/v1/betaTesters/{id}/relationships/betaGroups',
    operationId: 'betaTesters_betaGroups_createToManyRelationship',
  },
  {
    method: 'DELETE',
    path: '/v1/betaTesters/{id}/relationships/betaGroups',
    operationId: 'betaTesters_betaGroups_deleteToManyRelationship',
  },
  { method: 'GET', path: '/v1/betaTesters/{id}/betaGroups', operationId: 'betaTesters_betaGroups_getToManyRelated' },
  {
    method: 'GET',
    path: '/v1/betaTesters/{id}/relationships/builds',
    operationId: 'betaTesters_builds_getToManyRelationship',
  },
  {
    method: 'POST',
    path: '/v1/betaTesters/{id}/relationships/builds',
    operationId: 'betaTesters_builds_createToManyRelationship',
  },
  {
    method: 'DELETE',
    path: '/v1/betaTesters/{id}/relationships/builds',
    operationId: 'betaTesters_builds_deleteToManyRelationship',
  },
  { method: 'GET', path: '/v1/betaTesters/{id}/builds', operationId: 'betaTesters_builds_getToManyRelated' },
  {
    method: 'GET',
    path: '/v1/buildUploads/{id}/relationships/buildUploadFiles',
    operationId: 'buildUploads_buildUploadFiles_getToManyRelationship',
  },
  {
    method: 'GET',
    path: '/v1/buildUploads/{id}/buildUploadFiles',
    operationId: 'buildUploads_buildUploadFiles_getToManyRelated',
  },
  { method: 'GET', path: '/v1/builds/{id}/relationships/icons', operationId: 'builds_icons_getToManyRelationship' },
  { method: 'GET', path: '/v1/builds/{id}/icons', operationId: 'builds_icons_getToManyRelated' },
  {
    method: 'GET',
    path: '/v1/builds/{id}/relationships/individualTesters',
    operationId: 'builds_individualTesters_getToManyRelationship',
  },
  {
    method: 'POST',
    path: '/v1/builds/{id}/relationships/individualTesters',
    operationId: 'builds_individualTesters_createToManyRelationship',
  },
  {
    method: 'DELETE',
    path: '/v1/builds/{id}/relationships/individualTesters',
    operationId: 'builds_individualTesters_deleteToManyRelationship',
  },
  {
    method: 'GET',
    path: '/v1/builds/{id}/individualTesters',
    operationId: 'builds_individualTesters_getToManyRelated',
  },
]

/** A resource that is added takes its operations off the list by itself. */
const served: ReadonlySet<string> = new Set(routes.map(({ operationId }) => operationId))

/** Every operation of Apple's that the service has heard of: those it serves, then those it does not. */
export const appleOperations: readonly AppleOperation[] = [
  ...routes.map(({ method, path, operationId }) => ({ method, path, operationId, served: true })),
  ...NOT_YET.filter(({ operationId }) => !served.has(operationId)).map((operation) => ({
    ...operation,
    served: false,
  })),
]
