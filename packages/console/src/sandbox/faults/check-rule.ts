import { completeRule, readInput, type Input } from '@clipflight/control'
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml'

/** What is wrong with a rule as it is written, and where. */
export interface RuleProblem {
  /** From 1. */
  readonly line: number
  /** Where the line begins in the text, and where it ends. */
  readonly start: number
  readonly end: number
  readonly pointer: string
  /** '' where the page has words of its own for it. */
  readonly detail: string
  readonly isOwn?: 'otherTeam' | 'noObject'
}

/** A rule, ready to be sent, or everything that is wrong with it. */
export interface CheckedRule {
  readonly rule: Input<'createFault'> | undefined
  readonly problems: readonly RuleProblem[]
  /** Places what the service finds wrong all the same. */
  readonly place: (pointer: string, detail: string) => RuleProblem
}

/** Reads a rule in JSON or YAML as the service reads it. */
export function checkRule(text: string, team: number): CheckedRule {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })

  function placeAt(offset: number, pointer: string, detail: string): RuleProblem {
    const { line } = lines.linePos(Math.min(offset, text.length))
    const start = text.lastIndexOf('\n', offset - 1) + 1
    const end = text.indexOf('\n', offset)
    return { line, start, end: end < 0 ? text.length : end, pointer, detail }
  }
  const place = (pointer: string, detail: string): RuleProblem => placeAt(offsetOf(document, pointer), pointer, detail)

  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => placeAt(pos[0], '', message))
    return { rule: undefined, problems, place }
  }
  const body: unknown = document.toJS()
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { rule: undefined, problems: [{ ...place('', ''), isOwn: 'noObject' }], place }
  }
  const read = readInput('createFault', { params: {}, query: new URLSearchParams(), body })
  if ('complaints' in read) {
    const problems = read.complaints.map(({ source, detail }) =>
      place('pointer' in source ? source.pointer : '', detail),
    )
    return { rule: undefined, problems, place }
  }
  const { match, ...rest } = read.input
  if (match?.team !== undefined && match.team !== team) {
    return { rule: undefined, problems: [{ ...place('/match/team', ''), isOwn: 'otherTeam' }], place }
  }
  const rule = { ...rest, match: { ...match, team } }
  const complete = completeRule(rule)
  if ('then' in complete) return { rule, problems: [], place }
  return { rule: undefined, problems: complete.map(({ pointer, detail }) => place(pointer, detail)), place }
}

/** Where the member stands that a pointer names; of one that is missing, where it would have to be. */
function offsetOf(document: Document.Parsed, pointer: string): number {
  let node: unknown = document.contents
  let offset = document.contents?.range[0] ?? 0
  for (const step of pointer.split('/').slice(1)) {
    if (!isMap(node)) break
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step)
    if (pair === undefined) break
    if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset
    node = pair.value
  }
  return offset
}
