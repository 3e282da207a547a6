import type { Command } from 'commander'
import type { Key } from '@clipflight/control'
import { notFound } from '../../command-error.ts'
import type { Column } from '../../print/table.ts'
import { addExamples } from '../options.ts'
import { addYesOption, controlledTeam, type YesOptions } from './controlled.ts'
import {
  addKeyFolderOption,
  addRoleOption,
  keepKeys,
  makeKeyFolder,
  printPrivateKeys,
  type KeyFolderOptions,
  type RoleOptions,
} from './made-keys.ts'

interface CreateOptions extends KeyFolderOptions, RoleOptions {
  readonly individual?: true
}

const COLUMNS: readonly Column<Key>[] = [
  { title: 'KEY ID', text: ({ id }) => id, whole: true },
  { title: 'NAME', text: ({ name }) => name },
  { title: 'ROLES', text: ({ roles }) => roles.join(', ') },
  { title: 'KIND', text: ({ individual }) => (individual ? "a person's" : "the team's") },
  { title: 'REVOKED', text: ({ revoked }) => (revoked ? 'yes' : 'no') },
]

/** The noun `sandbox keys`. */
export function addKeys(sandbox: Command): void {
  const keys = sandbox
    .command('keys')
    .summary('keys of a team')
    .description('Keys of a team: what they may do, and making and revoking them.')
  addList(keys)
  addCreate(keys)
  addRevoke(keys)
}

function addList(keys: Command): void {
  const list = keys.command('list').summary('list keys').description('List the keys of a team.')
  controlledTeam(list, async ({ control, printer, team }) => {
    const found = await control.listKeys({ team })
    await printer.list(found.keys, found.keys, COLUMNS, `Team ${team} has no keys.`)
  })
  addExamples(list, ['sandbox keys list', 'of the only team'])
}

function addCreate(keys: Command): void {
  const create = keys
    .command('create')
    .summary('make a key')
    .description('Make a key. Its private half is shown this once, and kept nowhere.')
    .argument('[name]', 'its name')
    .option('--individual', "a person's key, which has no issuer")
  addKeyFolderOption(addRoleOption(create))
  controlledTeam<CreateOptions>(create, async ({ control, printer, format, team }, options, [name]) => {
    await makeKeyFolder(options.keysTo)
    const made = await control.createKey({
      team,
      ...(name === undefined ? {} : { name }),
      ...(options.role === undefined ? {} : { roles: [...options.role] }),
      ...(options.individual === undefined ? {} : { individual: true }),
    })
    const kept = keepKeys([made], options.keysTo)
    await printer.one(kept[0], made, [
      { title: 'Key id', text: ({ id }) => id },
      { title: 'Issuer id', text: ({ issuerId }) => issuerId ?? "none: a person's key" },
      { title: 'Roles', text: ({ roles }) => roles.join(', ') },
      { title: 'Private key', text: () => kept[0]?.privateKeyPath },
    ])
    if (format === 'table') printPrivateKeys(kept)
  })
  addExamples(
    create,
    ['sandbox keys create CI --role DEVELOPER --keys-to private_keys', 'one that may not change invocations'],
    ['sandbox keys create --individual -o json', "a person's, as JSON"],
  )
}

function addRevoke(keys: Command): void {
  const revoke = keys
    .command('revoke')
    .summary('revoke a key')
    .description('Revoke a key: its next request is refused.')
    .argument('<key>', 'its id')
  addYesOption(revoke)
  controlledTeam<YesOptions>(revoke, async ({ control, printer, confirm, team }, options, [key = '']) => {
    const { keys } = await control.listKeys({ team })
    if (!keys.some(({ id }) => id === key))
      throw notFound(`Team ${team} has no key '${key}'`, 'See those there are: clipflight sandbox keys list')
    await confirm(`Revoke the key ${key}? It cannot be taken back.`, options)
    await control.revokeKey({ team, key })
    await printer.done({ revoked: { team, key } }, `Revoked the key ${key}`)
  })
  addExamples(revoke, ['sandbox keys revoke 2X9R4HXF34 --yes', 'without asking'])
}
