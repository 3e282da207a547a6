import type { WantedInvocation } from './invocation.ts'

/** One request of a plan, as plain JSON. `before` and `after` hold what clients may give, `why` is for people. */
export type Change = InvocationChange | LocalizationChange

export type InvocationChange =
  | {
      readonly op: 'create'
      readonly type: 'betaAppClipInvocations'
      /** Its titles go along in the same request. */
      readonly after: WantedInvocation
      readonly why: string
    }
  | {
      readonly op: 'update'
      readonly type: 'betaAppClipInvocations'
      readonly id: string
      readonly before: { readonly url: string }
      readonly after: { readonly url: string }
      readonly why: string
    }
  | {
      readonly op: 'delete'
      readonly type: 'betaAppClipInvocations'
      readonly id: string
      readonly before: WantedInvocation
      readonly why: string
    }

export type LocalizationChange =
  | (LocalizationPlace & { readonly op: 'create'; readonly after: TitleInLocale })
  | (LocalizationPlace & {
      readonly op: 'update'
      readonly id: string
      readonly before: TitleInLocale
      readonly after: TitleInLocale
    })
  | (LocalizationPlace & { readonly op: 'delete'; readonly id: string; readonly before: TitleInLocale })

interface LocalizationPlace {
  readonly type: 'betaAppClipInvocationLocalizations'
  /** The id of the invocation whose title it is. */
  readonly betaAppClipInvocation: string
  /** The URL of that invocation when the plan is done. */
  readonly url: string
  readonly why: string
}

export interface TitleInLocale {
  readonly locale: string
  readonly title: string
}

/** How many requests of each kind. */
export interface ChangeCounts {
  readonly create: number
  readonly update: number
  readonly delete: number
}

export function countChanges(changes: readonly Change[]): ChangeCounts {
  const count = (op: Change['op']): number => changes.filter((change) => change.op === op).length
  return { create: count('create'), update: count('update'), delete: count('delete') }
}
