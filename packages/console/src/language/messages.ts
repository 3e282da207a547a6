/** A text, or a function of what it speaks about. */
type Message = string | ((parameters: never) => string)

/** The same messages, with the same parameters, in another language. */
type Translated<E> = { readonly [N in keyof E]: E[N] extends string ? string : E[N] }

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES

/** What a room says, in every language. */
export interface Messages<E> extends Readonly<Record<Exclude<Language, 'en'>, Translated<E>>> {
  readonly en: E
}

/** The messages of one room: English says which there are. */
export function defineMessages<const E extends Readonly<Record<string, Message>>>(
  en: E,
  others: Readonly<Record<Exclude<Language, 'en'>, Translated<E>>>,
): Messages<E> {
  return { ...others, en }
}
