import type { Service } from '../service/clients.ts'
import type { Draft, Field } from './drafts.ts'
import { MOST_TITLES, type Invocation } from './queries.ts'

/** Somebody else has changed the field since it was read. */
export class ChangedElsewhere extends Error {
  override readonly name = 'ChangedElsewhere'
  /** Undefined when the title was taken away. */
  readonly theirs: string | undefined

  constructor(theirs: string | undefined) {
    super('The field was changed elsewhere.')
    this.theirs = theirs
  }
}

/**
 * The service has the text then. An empty title is none. Throws `ChangedElsewhere` where the service has neither what
 * the draft began from nor its text: the API has no precondition for a write, so a moment is left in which that can happen.
 */
export async function saveField(client: Service, { invocation, name }: Field, { text, base }: Draft): Promise<void> {
  const found = await client.betaAppClipInvocations.get(invocation, {
    include: ['betaAppClipInvocationLocalizations'],
    limits: { betaAppClipInvocationLocalizations: MOST_TITLES },
  })
  const localization = found.localizations.find(({ locale }) => locale === name)
  const now = name === 'url' ? found.url : localization?.title
  if ((now ?? '') === text) return
  if (now !== base) throw new ChangedElsewhere(now)
  const { betaAppClipInvocations, betaAppClipInvocationLocalizations } = client
  if (name === 'url') await betaAppClipInvocations.update(invocation, { url: text })
  else if (localization === undefined) {
    await betaAppClipInvocationLocalizations.create({ betaAppClipInvocation: invocation, locale: name, title: text })
  } else if (text === '') await betaAppClipInvocationLocalizations.delete(localization.id)
  else await betaAppClipInvocationLocalizations.update(localization.id, { title: text })
}

/** The invocation with the field as it is to become; an empty title is none. */
export function withField(invocation: Invocation, name: Field['name'], text: string): Invocation {
  if (name === 'url') return { ...invocation, url: text }
  const { localizations } = invocation
  const known = localizations.find(({ locale }) => locale === name)
  const others = localizations.filter((each) => each !== known)
  if (text === '') return { ...invocation, localizations: others }
  const added = { type: 'betaAppClipInvocationLocalizations', id: '', locale: name } as const
  return {
    ...invocation,
    localizations:
      known === undefined
        ? [...localizations, { ...added, title: text }]
        : localizations.map((each) => (each === known ? { ...each, title: text } : each)),
  }
}
