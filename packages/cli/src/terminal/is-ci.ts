/** Whether this runs where nobody looks on, as the variable that such systems set says. */
export function isCi(environment: NodeJS.ProcessEnv): boolean {
  return !['', '0', 'false'].includes(environment['CI'] ?? '')
}
