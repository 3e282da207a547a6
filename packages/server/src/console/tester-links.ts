import { randomUUID } from 'node:crypto'
import { refuse, resources, type Role } from '@clipflight/contract'
import type { Input, Output } from '@clipflight/control'
import type { Authority } from '../control/authority.ts'
import type { Asking } from '../control/console-side.ts'
import type { Reader, TesterLink } from '../storage/storage.ts'
import type { ConsoleParts } from './parts.ts'
import { hashSecret, makeSecret } from '../secrets.ts'
import { known } from './sign-in.ts'

/** Nobody keeps more apart, and nobody fills the database. */
const MOST_LINKS_PER_BUILD = 100

/** Who may change what testers of a build see may show it to them. */
const MANAGERS: readonly Role[] = resources.builds.operations.update.roles

export async function listTesterLinks(
  { storage }: ConsoleParts,
  asking: Asking,
  { team, build }: Input<'listTesterLinks'>,
): Promise<Output<'listTesterLinks'>> {
  refuseOthers(known(asking))
  return storage.read(async (reader) => {
    await findBuild(reader, team, build)
    return { links: (await reader.listTesterLinks(team, build)).map(showLink) }
  })
}

export async function createTesterLink(
  { storage, now }: ConsoleParts,
  asking: Asking,
  { team, build, name }: Input<'createTesterLink'>,
): Promise<Output<'createTesterLink'>> {
  refuseOthers(known(asking))
  const token = makeSecret()
  const link = { team, id: randomUUID(), hash: hashSecret(token), build, name: name ?? null, createdAt: now() }
  await storage.write(async (transaction) => {
    await findBuild(transaction, team, build)
    if ((await transaction.listTesterLinks(team, build)).length >= MOST_LINKS_PER_BUILD) {
      refuse({
        code: 'ENTITY_UNPROCESSABLE',
        detail: `A build has ${MOST_LINKS_PER_BUILD} links for testers at most: revoke one.`,
      })
    }
    await transaction.insertTesterLink(link)
  })
  return { ...showLink(link), path: `/t/${token}` }
}

export async function revokeTesterLink(
  { storage }: ConsoleParts,
  asking: Asking,
  { team, link }: Input<'revokeTesterLink'>,
): Promise<undefined> {
  refuseOthers(known(asking))
  const wasThere = await storage.write((transaction) => transaction.removeTesterLink(team, link))
  if (!wasThere) refuse({ code: 'NOT_FOUND', detail: `Team ${team} has no link '${link}' for testers.` })
}

function refuseOthers({ roles }: Authority): void {
  if (roles.some((role) => MANAGERS.includes(role))) return
  refuse({ code: 'FORBIDDEN_ERROR', detail: `Links for testers are for ${MANAGERS.join(', ')}.` })
}

async function findBuild(reader: Reader, team: number, build: string): Promise<void> {
  if ((await reader.find(resources.builds, team, build)) !== undefined) return
  refuse({ code: 'NOT_FOUND', detail: `Team ${team} has no build '${build}'.` })
}

function showLink({ id, createdAt, name }: TesterLink): Output<'listTesterLinks'>['links'][number] {
  return { id, createdAt: new Date(createdAt).toISOString(), ...(name === null ? {} : { name }) }
}
