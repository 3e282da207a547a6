/** The service cannot start, for a reason that whoever started it can mend. The message says all. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}
