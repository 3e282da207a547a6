const drafts = new Map<string, string>()

/** What was written into the field of an App Clip before: it outlasts other pages, and signing in again. */
export function draftOf(bundle: string): string {
  return drafts.get(bundle) ?? ''
}

export function keepDraft(bundle: string, text: string): void {
  drafts.set(bundle, text)
}
