import { forgetAtSignOut } from '../session/at-sign-out.ts'

export interface FileDraft {
  readonly text: string
  /** The file or export that the writing began from, or what was applied last: no more than that is lost with the text. */
  readonly base: string
}

const EMPTY: FileDraft = { text: '', base: '' }

const drafts = new Map<string, FileDraft>()
forgetAtSignOut(
  () => drafts.clear(),
  () => [...drafts.values()].some(isLost),
)

/** Whether what was written is nowhere else. */
export function isLost({ text, base }: FileDraft): boolean {
  return text !== base
}

/** What was written into the field of an App Clip before: it outlasts other pages, and a session that ends by itself. */
export function draftOf(bundle: string): FileDraft {
  return drafts.get(bundle) ?? EMPTY
}

export function keepDraft(bundle: string, draft: FileDraft): void {
  drafts.set(bundle, draft)
}
