/**
 * Whether a client that sent this `Accept` header takes JSON. Quality values do not matter: there is only
 * one representation to choose.
 */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return true
  return accept.split(',').some((range) => {
    const type = range.split(';', 1)[0]?.trim().toLowerCase()
    return type === '*/*' || type === 'application/*' || type === 'application/json' || type === ''
  })
}
