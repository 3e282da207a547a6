import { resources } from '@clipflight/contract'
import { openConnection } from './connection.ts'
import { operationsOf } from './operations.ts'
import type { ClientOptions } from './options.ts'
import type { RateLimit } from './rate-limit.ts'
import type { ResourceClient } from './resource-client.ts'
import type { Definitions, ResourceType } from './resource-types.ts'

/** A client of these resources; of all, unless said. */
export type Client<C extends ResourceType = ResourceType> = {
  /** What the last answer said of the key's budget; undefined before there was one. */
  readonly rateLimit: RateLimit | undefined
} & { readonly [T in C]: ResourceClient<T, C> }

/** A client of every resource that Clipflight carries. */
export function createClient(options: ClientOptions): Client {
  return createClientOf(resources, options)
}

/** A client of the resources whose definitions are given: a bundle of it holds no others. */
export function createClientOf<D extends Definitions>(
  definitions: D,
  options: ClientOptions,
): Client<keyof D & ResourceType> {
  const connection = openConnection(options)
  const client = {}
  for (const resource of Object.values(definitions)) {
    let operations: ReturnType<typeof operationsOf> | undefined
    // Made when first asked for: most programs need two or three of them.
    const get = () => (operations ??= operationsOf({ resource, definitions, connection }))
    Object.defineProperty(client, resource.type, { get, enumerable: true })
  }
  Object.defineProperty(client, 'rateLimit', { get: () => connection.rateLimit, enumerable: true })
  // Erasure: the types derive from the definitions in the same way as the operations.
  return client as unknown as Client<keyof D & ResourceType>
}
