/** The host of App Store Connect's API, which clients have in their code. */
export const APPLE_HOST = 'api.appstoreconnect.apple.com'
