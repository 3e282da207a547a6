import type { MadeKey } from '@clipflight/control'

/** The key as fastlane's `api_key_path` reads it: https://docs.fastlane.tools/app-store-connect-api. */
export function writeFastlaneFile({ id, issuerId, privateKey }: MadeKey): string {
  const members = {
    key_id: id,
    ...(issuerId === null ? {} : { issuer_id: issuerId }),
    key: privateKey,
    in_house: false,
  }
  return `${JSON.stringify(members, undefined, 2)}\n`
}
