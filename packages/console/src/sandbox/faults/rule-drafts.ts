import { forgetAtSignOut } from '../../session/at-sign-out.ts'

export interface RuleDraft {
  readonly text: string
  /** What the writing began from, or was set up last: no more than that is lost with the text. */
  readonly base: string
}

const drafts = new Map<number, RuleDraft>()
forgetAtSignOut(
  () => drafts.clear(),
  () => [...drafts.values()].some(({ text, base }) => text !== base),
)

/** The rule that was written for a team before: it outlasts other pages, and a session that ends by itself. */
export function draftOf(team: number): RuleDraft | undefined {
  return drafts.get(team)
}

export function keepDraft(team: number, draft: RuleDraft): void {
  drafts.set(team, draft)
}
