import type { Role } from '@clipflight/contract'
import { useSession } from './session.tsx'

/** Whether who has signed in may use a route that is open to these roles: those of the contract's definitions. */
export function useMay(): (roles: readonly Role[] | undefined) => boolean {
  const session = useSession()
  return (roles = []) => session.roles.some((role) => roles.includes(role))
}
