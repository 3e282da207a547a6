import type { Invocation } from './work.ts'

/** A resource of a JSON:API document, as far as the work looks into it. */
export interface Resource {
  readonly type: string
  readonly id: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly relationships?: Readonly<Record<string, { readonly data?: Identifier | readonly Identifier[] }>>
}

interface Identifier {
  readonly type: string
  readonly id: string
}

/** Invocations with the titles that came along, for clients that leave a document as it is. */
export function joinTitles(invocations: readonly Resource[], included: readonly Resource[]): readonly Invocation[] {
  const byId = new Map(included.map((resource) => [resource.id, resource.attributes]))
  return invocations.map(({ attributes, relationships }) => {
    const titles = [relationships?.['betaAppClipInvocationLocalizations']?.data ?? []].flat()
    return {
      url: attributes?.['url'] ?? '',
      titles: Object.fromEntries(
        titles.map(({ id }) => [byId.get(id)?.['locale'] ?? '', byId.get(id)?.['title'] ?? '']),
      ),
    }
  })
}

/** The id of the App Clip among what came along with a build. */
export function findClip(included: readonly Resource[]): string {
  const bundle = included.find(({ attributes }) => attributes?.['bundleType'] === 'APP_CLIP')
  if (bundle === undefined) throw new Error('The build has no App Clip.')
  return bundle.id
}
