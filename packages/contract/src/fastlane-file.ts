import { TOKEN_LIFETIME_SECONDS } from './token-rules.ts'

export interface FastlaneKey {
  readonly id: string
  /** Null for an individual key. */
  readonly issuerId: string | null
  /** PKCS#8, PEM. */
  readonly privateKey: string
}

/** The key as fastlane's `api_key_path` reads it: https://docs.fastlane.tools/app-store-connect-api. */
export function writeFastlaneFile({ id, issuerId, privateKey }: FastlaneKey): string {
  const members = {
    key_id: id,
    ...(issuerId === null ? {} : { issuer_id: issuerId }),
    key: privateKey,
    duration: TOKEN_LIFETIME_SECONDS,
    in_house: false,
  }
  return `${JSON.stringify(members, undefined, 2)}\n`
}
