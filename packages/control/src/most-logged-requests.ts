/** So many of the latest requests are kept, and listed at once. */
export const MOST_LOGGED_REQUESTS = 1000
