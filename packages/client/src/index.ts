export { ApiError, type Problem } from './api-error.ts'
export type { RawDocument, RawRelationship, RawResource } from './answer-document.ts'
export { APPLE_BASE_URL, isOnThisMachine, readBaseUrl } from './base-url.ts'
export { ConnectionError } from './connection-error.ts'
export { createClient, createClientOf, type Client } from './create-client.ts'
export type { RawRequest } from './call.ts'
export type { Answer, Fetch } from './exchange.ts'
export type { CreateInput, UpdateInput } from './input.ts'
export type { List, Page } from './list.ts'
export type {
  CallOptions,
  ClientOptions,
  ConnectionOptions,
  Credentials,
  RequestNotice,
  ResponseNotice,
  RetryOptions,
  SessionCredentials,
} from './options.ts'
export type { Fields, GetQuery, ListQuery, RelatedQuery } from './query.ts'
export type { RateLimit } from './rate-limit.ts'
export { createRawSender, type RawSender } from './raw-sender.ts'
export type { RequestLine } from './request-line.ts'
export type * from './resource-client.ts'
export type { Definitions, FieldName, Identifier, IncludeName, Resources, ResourceType } from './resource-types.ts'
export type { CreatedResult, ForeignResource, Result, ResultOf, WithDocument } from './result.ts'
export { PrivateKeyError, type ApiKey, type PrivateKey, type SigningKey } from './sign-token.ts'
export { TimeoutError } from './timeout-error.ts'
export { UnexpectedAnswerError } from './unexpected-answer-error.ts'
export * from '@clipflight/contract/definitions'
export { readPrivateKey, signToken, TOKEN_SECONDS } from './sign-token.ts'
