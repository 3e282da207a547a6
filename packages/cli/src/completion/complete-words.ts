import type { Command, Option } from 'commander'
import { readProfiles } from '../connection/profiles.ts'
import { createProgram } from '../program.ts'

/** What the shell is to do besides, in the protocol that the scripts of @bomb.sh/tab and of cobra speak. */
const COMPLETE_FILES = 0
const NO_FILES = 4

interface Candidate {
  readonly value: string
  readonly description?: string
}

interface Completion {
  readonly candidates: readonly Candidate[]
  readonly files?: true
}

const FILES: Completion = { candidates: [], files: true }
const NOTHING: Completion = { candidates: [] }

/** Lines of `value TAB description` for the last of the words, and `:` with a directive behind them. */
export async function completeWords(words: readonly string[]): Promise<string> {
  const noun = words.slice(0, -1).find((word) => !word.startsWith('-'))
  const program = await createProgram((name) => name === noun)
  const { candidates, files } = complete(program, words.slice(0, -1), words.at(-1) ?? '')
  const lines = candidates.map(({ value, description = '' }) => `${value}\t${description.split('\n', 1)[0]}`)
  return [...lines, `:${files === true ? COMPLETE_FILES : NO_FILES}`, ''].join('\n')
}

/** Walks to the command that the words before lead to, and says what the current one may become. */
function complete(program: Command, before: readonly string[], current: string): Completion {
  let command = program
  let argumentCount = 0
  let awaiting: Option | undefined
  for (const word of before) {
    if (awaiting !== undefined) {
      awaiting = undefined
      continue
    }
    if (word.startsWith('-')) {
      awaiting = valued(command, word)
      continue
    }
    const next = command.commands.find((each) => each.name() === word)
    if (next === undefined) argumentCount++
    else command = next
  }
  const [flag, value] = splitAtEquals(current)
  if (awaiting !== undefined) return completeValue(awaiting, current)
  const assigned = value === undefined ? undefined : valued(command, flag)
  if (assigned !== undefined && value !== undefined) return completeValue(assigned, value)
  if (current.startsWith('-'))
    return startingWith(current, command.createHelp().visibleOptions(command).map(toCandidate))
  const argument = command.registeredArguments[argumentCount]
  if (argument !== undefined && isPath(argument.name())) return FILES
  if (argument?.name() === 'profile') return startingWith(current, profileCandidates())
  const choices = (argument?.argChoices ?? []).map((each) => ({ value: each }))
  const nouns = command.createHelp().visibleCommands(command)
  return startingWith(current, [
    ...nouns.map((each) => ({ value: each.name(), description: each.summary() })),
    ...choices,
  ])
}

/** The option of that flag, if a value follows it. */
function valued(command: Command, flag: string): Option | undefined {
  const found = command.options.find(({ long, short }) => long === flag || short === flag)
  return found?.required === true ? found : undefined
}

function splitAtEquals(word: string): readonly [string, string?] {
  const at = word.indexOf('=')
  return at === -1 || !word.startsWith('--') ? [word] : [word.slice(0, at), word.slice(at + 1)]
}

function completeValue(option: Option, current: string): Completion {
  if (isPath(/<(\w+)>/.exec(option.flags)?.[1] ?? '')) return FILES
  if (option.attributeName() === 'profile') return startingWith(current, profileCandidates())
  return startingWith(
    current,
    (option.argChoices ?? []).map((value) => ({ value })),
  )
}

/** By convention the help calls values that are paths so. */
function isPath(name: string): boolean {
  return /^(file|directory|path)$/.test(name)
}

function profileCandidates(): Candidate[] {
  return Object.entries(readProfiles(process.env).profiles).map(([value, { keyId }]) => ({ value, description: keyId }))
}

function toCandidate({ long, short, description }: Option): Candidate {
  return { value: long ?? short ?? '', description }
}

function startingWith(current: string, candidates: readonly Candidate[]): Completion {
  const matching = candidates.filter(({ value }) => value.startsWith(current))
  return matching.length === 0 ? NOTHING : { candidates: matching }
}
