/** Something is in the way, or failed. */
export const EXIT_FAILED = 1

/** The command line, or an environment variable, says something that cannot be done. */
export const EXIT_USAGE = 2
