/** The cookie that proves a session of the console. */
export const SESSION_COOKIE = 'clipflight_session'
