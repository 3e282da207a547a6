/** What the command ends with. The numbers are those of `asc`, so that scripts for the one fit the other. */
export const EXIT_DONE = 0

/** Something is in the way, or failed. */
export const EXIT_FAILED = 1

/** The command line, or an environment variable, says something that cannot be done. */
export const EXIT_USAGE = 2

/** The key is missing, unusable or not accepted, or its role is not enough. */
export const EXIT_NOT_AUTHORISED = 3

/** What was named does not exist, or not for this key. */
export const EXIT_NOT_FOUND = 4

/** What is there stands against it: a rule, a limit, or somebody else's change. */
export const EXIT_CONFLICT = 5
