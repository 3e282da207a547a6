/** What tokens of App Store Connect say they are for. https://developer.apple.com/documentation/appstoreconnectapi/generating-tokens-for-api-requests */
export const TOKEN_AUDIENCE = 'appstoreconnect-v1'

/** Longest time from `iat` to `exp` that is taken. Documented: the same page. */
export const TOKEN_LIFETIME_SECONDS = 20 * 60
