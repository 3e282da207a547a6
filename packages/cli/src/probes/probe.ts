import type { Method } from '@clipflight/contract'

/** One question to a service: requests, and what Clipflight answers to the last of them. */
export interface Probe {
  readonly id: string
  /** What is asked about, in the words of docs/fidelity.md. */
  readonly rule: string
  readonly given: Given
  /** In order; only the answer to the last one is looked at. */
  readonly requests: readonly ProbeRequest[]
  /** What Clipflight answers, and what of an answer is compared. */
  readonly expected: Readonly<Partial<Record<Aspect, string>>>
}

/**
 * What must be there before. `nothing`: no bundle is touched. Otherwise how many invocations of the probes' own the
 * bundle has, and whether it then has room for another one.
 */
export type Given = 'nothing' | { readonly own: 'none' | 'one' | 'all that fit'; readonly room: boolean }

export interface ProbeRequest {
  readonly method: Method
  /** From `/v1` on; `{bundle}` and the like stand for ids. */
  readonly path: string
  /** JSON, with the same placeholders; text is sent as it is. */
  readonly body?: unknown
}

/** What an answer can be compared by, in the order in which it is shown. `none` is a value of each. */
export const ASPECTS = ['status', 'code', 'pointer', 'parameter', 'location', 'linkage', 'included'] as const
export type Aspect = (typeof ASPECTS)[number]

/** What stands for an id in requests, in braces, so that they can be shown to everybody. */
export const PLACEHOLDERS = ['bundle', 'otherBundle', 'invocation', 'localization', 'secondLocalization'] as const
export type Placeholder = (typeof PLACEHOLDERS)[number]

export type Ids = Readonly<Partial<Record<Placeholder, string>>>

/** What became of a probe. */
export interface Finding {
  readonly probe: Probe
  readonly outcome: 'agrees' | 'differs' | 'not run'
  /** What the service answered, by what is compared. */
  readonly answered?: Readonly<Partial<Record<Aspect, string>>>
  /** The body of the answer, as it came. */
  readonly text?: string
  /** Why it did not run. */
  readonly reason?: string
}

export function isReading({ requests }: Probe): boolean {
  return requests.every(({ method }) => method === 'GET')
}

/** Whether the request names this placeholder. */
export function names({ path, body }: ProbeRequest, placeholder: Placeholder): boolean {
  return `${path}${JSON.stringify(body) ?? ''}`.includes(`{${placeholder}}`)
}
