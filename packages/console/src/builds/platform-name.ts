/** As Apple writes them, in every language. */
const NAMES = new Map([
  ['IOS', 'iOS'],
  ['MAC_OS', 'macOS'],
  ['TV_OS', 'tvOS'],
  ['VISION_OS', 'visionOS'],
])

/** What people call a platform of the contract. */
export function platformName(platform: string): string {
  return NAMES.get(platform) ?? platform
}
