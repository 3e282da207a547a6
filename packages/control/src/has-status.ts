/** Whether a status is the one that is wanted: `404`, or one of a kind: `4xx`. A cut connection has none. */
export function hasStatus(status: number | null, wanted: string): boolean {
  if (status === null) return false
  return wanted.endsWith('xx') ? String(status).startsWith(wanted.slice(0, 1)) : String(status) === wanted
}
