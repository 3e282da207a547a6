// What the work uses of packages that only the bench installs: they are too large to be installed by everybody.

declare module 'appstore-connect-sdk' {
  type Resource = import('./documents.ts').Resource

  export interface Client {
    readonly [member: string]: unknown
  }

  export function createClient(config: {
    readonly issuerId: string
    readonly privateKeyId: string
    readonly privateKey: string
    readonly baseUrl: string
  }): Client

  interface Options {
    readonly client: Client
    readonly throwOnError: true
    readonly path?: { readonly id: string }
    readonly query?: Readonly<Record<string, number | readonly string[]>>
    readonly body?: object
  }

  interface One {
    readonly data: { readonly data: Resource }
  }

  interface Many {
    readonly data: { readonly data: readonly Resource[]; readonly included?: readonly Resource[] }
  }

  export function appsGetCollection(options: Options): Promise<Many>
  export function buildsGetCollection(options: Options): Promise<Many>
  export function buildBundlesBetaAppClipInvocationsGetToManyRelated(options: Options): Promise<Many>
  export function betaAppClipInvocationsCreateInstance(options: Options): Promise<One>
  export function betaAppClipInvocationsUpdateInstance(options: Options): Promise<One>
  export function betaAppClipInvocationsDeleteInstance(options: Options): Promise<unknown>
}

declare module 'node-app-store-connect-api' {
  type Resource = import('./documents.ts').Resource
  type Identifier = Pick<Resource, 'type' | 'id'>

  interface Many {
    readonly data: readonly Resource[]
    /** By type, then by id. */
    readonly included: Readonly<Record<string, Readonly<Record<string, Resource>>>>
  }

  interface Api {
    read(path: string): Promise<Many>
    create(resource: {
      readonly type: string
      readonly attributes: object
      readonly relationships: Readonly<Record<string, Identifier | readonly Identifier[]>>
      readonly included: readonly Resource[]
    }): Promise<Resource>
    update(resource: Resource, changes: { readonly attributes: object }): Promise<Resource>
    remove(resource: Identifier): Promise<unknown>
  }

  export function api(options: {
    readonly issuerId: string
    readonly apiKey: string
    readonly privateKey: string
    readonly urlBase: string
  }): Promise<Api>
}
