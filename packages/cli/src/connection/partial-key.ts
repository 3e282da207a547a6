import type { Role } from '@clipflight/contract'

/** What one source says of a key. Other sources may complete it; the private key is only read once it is chosen. */
export interface PartialKey {
  /** For people: the flags, variables, file or profile it is from. Never a value of the key. */
  readonly source: string
  readonly keyId?: string | undefined
  readonly issuerId?: string | undefined
  readonly readPrivateKey?: (() => string) | undefined
  /** A source that says all there is: without an issuer it is a person's key. */
  readonly isComplete?: true
  /** What the key may do, where the source knows. */
  readonly roles?: readonly Role[] | undefined
  /** Where the key belongs, for sources that say so. */
  readonly baseUrl?: string | undefined
  /** Where the service of that URL keeps its data, if it is one of this machine. */
  readonly dataDir?: string | undefined
}
