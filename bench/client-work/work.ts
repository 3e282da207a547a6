/** An invocation as the work compares it. */
export interface Invocation {
  readonly url: string
  /** By locale. */
  readonly titles: Readonly<Record<string, string>>
}

/** The same work, as it is written with one client or another. */
export interface Work {
  /** The id of the App Clip in a build, by the app's bundle id and the build's number. */
  findBundle(app: string, build: string): Promise<string>
  /** All invocations of a bundle, with all their titles. */
  read(bundle: string): Promise<readonly Invocation[]>
  /** Creates an invocation with two titles, changes its URL, and deletes it. */
  change(bundle: string): Promise<void>
}

export interface Connection {
  readonly baseUrl: string
  readonly keyId: string
  readonly issuerId: string
  /** Text of the `.p8` file. */
  readonly privateKey: string
}

export type Task = 'read' | 'change' | 'first calls' | 'plan'

/** What a program is to do, as JSON in its only argument. */
export interface Order {
  readonly task: Task
  readonly times: number
  readonly connection: Omit<Connection, 'privateKey'> & { readonly privateKeyPath: string }
  readonly app: string
  readonly build: string
  /** Is read. */
  readonly bundle: string
  /** Has room for another invocation. */
  readonly emptyBundle: string
  /** A file of JSON: the invocations that a plan compares with. */
  readonly wantedPath: string
}

/** What a program prints, as JSON. */
export interface Outcome {
  /** Of each time; the first includes making the client. */
  readonly milliseconds: readonly number[]
  /** What the last time came to: invocations, or how many changes a plan has. */
  readonly result: unknown
}

export const URL_TO_CREATE = 'https://bench.example.com/new'
export const URL_TO_CHANGE_TO = 'https://bench.example.com/changed'
export const TITLES_TO_CREATE = { 'en-US': 'Order at the counter', 'de-DE': 'An der Theke bestellen' }
