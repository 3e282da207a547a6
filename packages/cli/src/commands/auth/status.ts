import { ApiError, TOKEN_SECONDS, type Client } from '@clipflight/client'
import { betaAppClipInvocations, builds, ROLES, type Role } from '@clipflight/contract'
import { findPassedOver, type ConnectionOptions, type PassedOver } from '../../connection/key-sources.ts'
import { formatTime } from '../../print/format-time.ts'
import type { Column } from '../../print/table.ts'
import { NOBODYS_ID } from '../../probes/bodies.ts'
import type { Online } from '../online.ts'

interface Status {
  readonly keyId: string
  readonly issuerId: string | null
  readonly kind: 'team' | 'individual'
  readonly keySource: string
  /** Other keys that are named, in the order in which they would be used. */
  readonly passedOver: readonly PassedOver[]
  readonly baseUrl: string
  readonly baseUrlSource: string
  readonly mayReadBuilds: boolean | null
  readonly mayChangeInvocations: boolean | null
  /** Null where only what the key may do is known. */
  readonly roles: readonly Role[] | null
  /** The key has at least one of these, by what it may do. */
  readonly possibleRoles: readonly Role[]
  /** The key has none of these: it could do more. */
  readonly excludedRoles: readonly Role[]
  readonly tokenExpiresAt: string
  readonly rateLimit: { readonly limit: number; readonly remaining: number } | null
}

const readers = builds.operations.list.roles
const writers = betaAppClipInvocations.operations.update.roles

const FIELDS: readonly Column<Status>[] = [
  { title: 'Key', text: ({ keyId, kind }) => `${keyId}, ${kind === 'team' ? "a team's" : "a person's"}` },
  { title: 'Issuer', text: ({ issuerId }) => issuerId },
  { title: 'From', text: ({ keySource }) => keySource },
  {
    title: 'Passed over',
    text: ({ passedOver }) =>
      passedOver.length === 0 ? undefined : passedOver.map(({ keyId, source }) => `${keyId} of ${source}`).join('; '),
  },
  { title: 'Service', text: ({ baseUrl, baseUrlSource }) => `${baseUrl} (from ${baseUrlSource})` },
  { title: 'Reads builds', text: ({ mayReadBuilds }) => inWords(mayReadBuilds) },
  { title: 'Changes invocations', text: ({ mayChangeInvocations }) => inWords(mayChangeInvocations) },
  { title: 'Role', text: describeRoles },
  { title: 'Token', text: ({ tokenExpiresAt }) => `accepted; expires ${formatTime(tokenExpiresAt)}` },
  {
    title: 'Requests left',
    text: ({ rateLimit }) => rateLimit && `${rateLimit.remaining} of ${rateLimit.limit} this hour`,
  },
]

/** Prints which key is used, and what the service lets it do. Throws when the service does not accept it. */
export async function printStatus({ client, printer, found }: Online, options: ConnectionOptions): Promise<void> {
  const startedAt = Date.now()
  await client.apps.list({ limit: 1 }).page()
  const mayReadBuilds = await isAllowed(client.builds.list({ limit: 1 }).page())
  const mayChangeInvocations = await isAllowed(changeNothing(client))
  const { keyId, issuerId, keySource, baseUrl, baseUrlSource } = found
  const { rateLimit } = client
  const status: Status = {
    keyId,
    issuerId: issuerId ?? null,
    kind: issuerId === undefined ? 'individual' : 'team',
    keySource,
    passedOver: findPassedOver(options, process.env, keyId),
    baseUrl,
    baseUrlSource,
    mayReadBuilds,
    mayChangeInvocations,
    roles: found.roles ?? null,
    possibleRoles: rolesThatFit(mayReadBuilds, mayChangeInvocations),
    excludedRoles: ROLES.filter(
      (role) =>
        (mayReadBuilds === false && readers.includes(role)) ||
        (mayChangeInvocations === false && writers.includes(role)),
    ),
    tokenExpiresAt: new Date(startedAt + TOKEN_SECONDS * 1000).toISOString(),
    rateLimit: rateLimit === undefined ? null : { limit: rateLimit.limit, remaining: rateLimit.remaining },
  }
  await printer.one(status, status, FIELDS)
}

/**
 * No invocation has the id, so that changing it tells what the key may do, and changes nothing.
 * Unverified: that Apple judges the role of the key before it looks for the id.
 */
function changeNothing(client: Client): Promise<unknown> {
  return client.betaAppClipInvocations.update(NOBODYS_ID, { url: 'https://example.com/' })
}

/** A role is judged before anything is looked for, so that not finding anything is being allowed. Null: not known. */
async function isAllowed(call: Promise<unknown>): Promise<boolean | null> {
  try {
    await call
    return true
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.status === 403) return false
    return error.status === 404 ? true : null
  }
}

function describeRoles({ roles, possibleRoles, excludedRoles }: Status): string {
  if (roles !== null) return roles.join(', ')
  const most = excludedRoles.length === 0 ? '' : `; none of ${excludedRoles.join(', ')}`
  return `not told by the service; at least one of ${possibleRoles.join(', ')}${most}`
}

function rolesThatFit(mayRead: boolean | null, mayChange: boolean | null): readonly Role[] {
  return ROLES.filter((role) => fits(mayRead, readers.includes(role)) && fits(mayChange, writers.includes(role)))
}

function fits(observed: boolean | null, allowed: boolean): boolean {
  return observed === null || observed === allowed
}

function inWords(may: boolean | null): string {
  if (may === null) return 'not known'
  return may ? 'yes' : 'no'
}
