export interface SandboxOptions {
  /** `demo` unless said; `none`, or the YAML of a seed file with one team. */
  readonly seed?: string
  /** Any free one unless said. */
  readonly port?: number
  /** Requests per key and rolling hour; Apple's 3,600 unless said. */
  readonly rateLimit?: number | 'off'
  /** All chance of faults comes from it; another each time unless said. */
  readonly faultSeed?: number
  /** Whether invocations of the previous build come along with a new one; so unless said. */
  readonly carryOver?: boolean
}

export interface TeamOptions {
  /** The sandbox's unless said. */
  readonly seed?: string
}
