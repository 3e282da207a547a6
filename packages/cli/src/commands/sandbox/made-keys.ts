import { accessSync, constants, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { keyFileName, ROLES, type Role } from '@clipflight/contract'
import type { MadeKey } from '@clipflight/control'
import { makePrivateFolder } from '@clipflight/private-files'
import { Option, type Command } from 'commander'
import { codeOf, failed, wrongUsage } from '../../command-error.ts'

export interface RoleOptions {
  readonly role?: readonly Role[]
}

export interface KeyFolderOptions {
  readonly keysTo?: string
}

/** A key as it is printed: its private half is in a file, or else it is here. */
export type KeptKey = Omit<MadeKey, 'privateKey'> & {
  readonly privateKey?: string
  readonly privateKeyPath?: string
}

/** Adds `--role`. */
export function addRoleOption(command: Command): Command {
  const option = new Option('--role <role>', 'what the key may do; may be given again (default: ADMIN)')
  return command.addOption(option.choices(ROLES).argParser(collectRole))
}

function collectRole(text: string, before: readonly Role[] = []): readonly Role[] {
  const role = ROLES.find((each) => each === text)
  if (role === undefined) throw wrongUsage(`There is no role '${text}'`, `The roles are: ${ROLES.join(', ')}.`)
  return [...before, role]
}

/** Adds `--keys-to`. */
export function addKeyFolderOption(command: Command): Command {
  return command.option(
    '--keys-to <directory>',
    'write private keys there, as AuthKey_<KEY ID>.p8, and do not show them',
  )
}

/** The folder is there, and can be written to: before a key is made whose private half would be lost. */
export async function makeKeyFolder(folder: string | undefined): Promise<void> {
  if (folder === undefined) return
  try {
    await makePrivateFolder(folder)
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw failed(`The folder ${folder} of --keys-to cannot be written to (${codeOf(error)}): nothing was made`)
  }
}

/** Writes the private halves into the folder, for their owner only, where one is named. */
export function keepKeys(keys: readonly MadeKey[], folder: string | undefined): readonly KeptKey[] {
  if (folder === undefined) return keys
  return keys.map(({ privateKey, ...key }) => {
    const privateKeyPath = join(resolve(folder), keyFileName(key.id))
    try {
      writeFileSync(privateKeyPath, privateKey, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      throw failed(
        `The key ${key.id} was made, and ${privateKeyPath} cannot be written (${codeOf(error)}): its private half is lost`,
      )
    }
    return { ...key, privateKeyPath }
  })
}

/** For people, who copy them from here. */
export function printPrivateKeys(keys: readonly KeptKey[]): void {
  for (const { privateKey } of keys) if (privateKey !== undefined) process.stdout.write(`\n${privateKey.trim()}\n`)
}
