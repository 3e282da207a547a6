import { oneOf } from './kinds.ts'

/** Apple's platforms. https://developer.apple.com/documentation/appstoreconnectapi/platform */
export const PLATFORM = oneOf(['IOS', 'MAC_OS', 'TV_OS', 'VISION_OS'], 'Platform')
