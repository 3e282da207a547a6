import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Refusal } from './refusal.ts'
import { writeTarget, type Target } from './target.ts'

/** The addresses of a name. */
export type Lookup = (host: string) => Promise<readonly string[]>

/** Where a connection goes. */
export interface Found {
  readonly address: string
  readonly port: number
}

/** As the operating system finds them, `/etc/hosts` included. */
export const lookupAll: Lookup = async (host) => (await lookup(host, { all: true })).map(({ address }) => address)

/**
 * Where an allowed target is. An address that is not on the internet must be allowed as such: a name in the DNS, which
 * somebody else may own, does not lead into this machine or its network.
 */
export async function findAddress(
  target: Target,
  allowed: readonly Target[],
  resolve: Lookup = lookupAll,
): Promise<Found | Refusal> {
  const isAllowed = (host: string): boolean => allowed.some((each) => each.host === host && each.port === target.port)
  const { host } = target
  if (!isAllowed(host)) {
    return {
      status: 403,
      reason: `connections to ${writeTarget(target)} are refused`,
      remedy: `--allow ${writeTarget(target)}`,
    }
  }
  // Whoever allows an address, or this machine by its own name, has named it.
  if (isIP(host) !== 0) return { address: host, port: target.port }
  let addresses
  try {
    addresses = await resolve(host)
  } catch {
    return { status: 502, reason: `${host} is not found` }
  }
  const [address] = addresses
  if (address === undefined) return { status: 502, reason: `${host} has no address` }
  const inner = isLocalName(host) ? undefined : addresses.find((each) => !isOnTheInternet(each) && !isAllowed(each))
  if (inner === undefined) return { address, port: target.port }
  return {
    status: 403,
    reason: `connections to ${host} are refused, for it is at ${inner}, which is no address on the internet`,
    remedy: `--allow ${writeTarget({ host: inner, port: target.port })}`,
  }
}

function isLocalName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost')
}

function isOnTheInternet(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}
