/** A key whose private half was made along with it, and is known to nobody but who planted the seed. */
export interface MadeKey {
  readonly id: string
  /** Undefined for an individual key. */
  readonly issuerId: string | undefined
  readonly revoked: boolean
  /** PKCS#8, PEM. */
  readonly privateKey: string
}
