import type { Change, LocalizationChange } from '../plan/change.ts'

/** Everything that a plan does to one invocation, for readers, who do not care for the order of requests. */
export interface InvocationGroup {
  readonly op: Change['op']
  /** What it is before; missing when it is created. */
  readonly before?: string
  /** What it is when the plan is done; missing when it is deleted. */
  readonly after?: string
  /** Where it is put meanwhile, to make way for another. */
  readonly by?: string
  /** Why its URL changes, if it does. */
  readonly why?: string
  readonly titles: readonly TitleChange[]
}

export interface TitleChange {
  readonly locale: string
  readonly before?: string
  readonly after?: string
}

/** In the order in which the plan first comes to each invocation. */
export function groupChanges(changes: readonly Change[]): readonly InvocationGroup[] {
  const groups = new Map<string, Change[]>()
  for (const [index, change] of changes.entries()) {
    const key = invocationOf(change) ?? `created ${index}`
    groups.set(key, [...(groups.get(key) ?? []), change])
  }
  return [...groups.values()].map(toGroup)
}

function invocationOf(change: Change): string | undefined {
  if (change.type === 'betaAppClipInvocationLocalizations') return change.betaAppClipInvocation
  return change.op === 'create' ? undefined : change.id
}

function toGroup(changes: readonly Change[]): InvocationGroup {
  const [first] = changes
  if (first?.type === 'betaAppClipInvocations' && first.op === 'create') {
    return { op: 'create', after: first.after.url, titles: titlesOf(first.after.titles, 'after') }
  }
  if (first?.type === 'betaAppClipInvocations' && first.op === 'delete') {
    return { op: 'delete', before: first.before.url, titles: titlesOf(first.before.titles, 'before') }
  }
  const moves = changes.flatMap((change) =>
    change.type === 'betaAppClipInvocations' && change.op === 'update' ? [change] : [],
  )
  const localizations = changes.flatMap((change) =>
    change.type === 'betaAppClipInvocationLocalizations' ? [change] : [],
  )
  const url = localizations[0]?.url ?? ''
  const [between] = moves.length > 1 ? moves : []
  const move = moves.at(-1)
  return {
    op: 'update',
    before: moves[0]?.before.url ?? url,
    after: move?.after.url ?? url,
    ...(between === undefined ? {} : { by: between.after.url }),
    ...(move === undefined ? {} : { why: move.why }),
    titles: localizations.map(toTitleChange),
  }
}

function titlesOf(titles: Readonly<Record<string, string>>, side: 'before' | 'after'): readonly TitleChange[] {
  return Object.entries(titles).map(([locale, title]) => ({ locale, [side]: title }))
}

function toTitleChange(change: LocalizationChange): TitleChange {
  const { locale } = change.op === 'delete' ? change.before : change.after
  return {
    locale,
    ...(change.op === 'create' ? {} : { before: change.before.title }),
    ...(change.op === 'delete' ? {} : { after: change.after.title }),
  }
}
