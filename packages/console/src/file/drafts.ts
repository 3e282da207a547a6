import { forgetAtSignOut } from '../session/before-sign-out.ts'

const drafts = new Map<string, string>()
forgetAtSignOut(() => drafts.clear())

/** What was written into the field of an App Clip before: it outlasts other pages, and a session that ends by itself. */
export function draftOf(bundle: string): string {
  return drafts.get(bundle) ?? ''
}

export function keepDraft(bundle: string, text: string): void {
  drafts.set(bundle, text)
}
