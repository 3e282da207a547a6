import { readFileSync } from 'node:fs'
import { METHODS } from '@clipflight/contract'
import type { FaultCreation, FaultMatch, FaultWhen } from '@clipflight/control'
import { openYaml, writeProblems } from '@clipflight/yaml-text'
import { Option, type Command } from 'commander'
import { failed, wrongUsage } from '../../command-error.ts'
import { readFileText } from '../../project/open-file.ts'

/** What the command line says of a fault. */
export interface RuleOptions {
  readonly rule?: string
  readonly key?: string
  readonly method?: FaultMatch['method']
  readonly path?: string
  readonly operation?: string
  readonly next?: number
  readonly every?: number
  readonly probability?: number
}

const STANDARD_INPUT = '-'

/** Adds the options that say which requests a fault is for, and when it strikes. */
export function addRuleOptions(command: Command): Command {
  const options = [
    new Option('--rule <file>', 'a rule as JSON or YAML; - reads standard input'),
    new Option('--key <id>', 'only requests of this key'),
    new Option('--method <method>', 'only requests of this method').choices(METHODS),
    new Option('--path <pattern>', 'only this path; * is any part of one, ** any number of parts'),
    new Option('--operation <name>', "only this operation, by Apple's name: builds_getCollection"),
    new Option('--next <number>', 'strikes the next so many').argParser(toNumber('--next')),
    new Option('--every <number>', 'strikes each so many-th').argParser(toNumber('--every')),
    new Option('--probability <number>', 'strikes by chance, from 0 to 1').argParser(toNumber('--probability')),
  ]
  for (const option of options) command.addOption(option)
  return command
}

/** The fault that a preset or a rule and the options come to; the service judges whether it makes sense. */
export function toFault(preset: string | undefined, { rule, ...options }: RuleOptions): FaultCreation {
  if ((preset === undefined) === (rule === undefined))
    throw wrongUsage(
      preset === undefined
        ? 'Neither a preset nor a rule is named'
        : 'A preset and a rule are named: one of them is meant',
      'A rule: --rule FILE, or --rule - for standard input.',
      'The presets: clipflight sandbox faults presets',
    )
  const base: FaultCreation = rule === undefined ? { preset: preset ?? '' } : readRule(rule)
  const match = withoutUndefined({
    key: options.key,
    method: options.method,
    path: options.path,
    operation: options.operation,
  })
  const when = whenOf(options)
  return {
    ...base,
    ...(Object.keys(match).length === 0 ? {} : { match: { ...base.match, ...match } }),
    ...(when === undefined ? {} : { when }),
  }
}

function whenOf({ next, every, probability }: RuleOptions): FaultWhen | undefined {
  const when = withoutUndefined({ next, every, probability })
  const flags = Object.keys(when)
  if (flags.length > 1)
    throw wrongUsage(`Only one of ${flags.map((each) => `--${each}`).join(', ')} says when it strikes`)
  return flags.length === 0 ? undefined : when
}

function withoutUndefined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Erasure: what is left has the members of T that are not undefined.
  return Object.fromEntries(Object.entries(members).filter(([, value]: [string, unknown]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

function readRule(path: string): FaultCreation {
  const name = path === STANDARD_INPUT ? 'standard input' : path
  const text =
    path === STANDARD_INPUT ? readFileSync(process.stdin.fd, 'utf8') : readFileText(path, 'Name a file with a rule.')
  // JSON is YAML too.
  const yaml = openYaml(text)
  if (yaml.problems.length > 0) throw failed(`The rule cannot be read:\n${writeProblems(name, yaml.problems)}`)
  const value = yaml.readValue(yaml.root)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw failed(`${name} holds no rule: a rule is an object with 'match', 'when' and 'then'`)
  // Erasure: the service holds it against the schema, and says all that is wrong with where it is.
  return value as FaultCreation
}

function toNumber(flag: string): (text: string) => number {
  return (text) => {
    if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
    throw wrongUsage(`${flag} must be a number, not '${text}'`)
  }
}
