/** What requests of an admin's session have in the log in the place of a key. */
export const CONSOLE_KEY = 'console'
