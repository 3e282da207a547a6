/** As Apple writes the system for people: iOS for `IOS`, visionOS for `VISION_OS`. */
export function platformName(platform: string): string {
  return platform.replace('_', '').replace(/^(.+)OS$/, (_, system: string) => `${system.toLowerCase()}OS`)
}
