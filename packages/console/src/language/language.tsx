import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { LANGUAGES, type Language, type Messages } from './messages.ts'

interface Spoken {
  readonly language: Language
  readonly speak: (language: Language) => void
}

const STORED = 'clipflight-language'
const Spoken = createContext<Spoken | undefined>(undefined)

function isLanguage(text: string | null | undefined): text is Language {
  return text !== null && text !== undefined && Object.hasOwn(LANGUAGES, text)
}

/** What was chosen before, or the first of the browser's languages that the page speaks. */
function chooseLanguage(): Language {
  const stored = localStorage.getItem(STORED)
  if (isLanguage(stored)) return stored
  return navigator.languages.map((tag) => tag.split('-', 1)[0]).find(isLanguage) ?? 'en'
}

/** Everything inside speaks one language, and changes it without being loaded again. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(chooseLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const speak = (chosen: Language): void => {
    localStorage.setItem(STORED, chosen)
    setLanguage(chosen)
  }
  return (
    <I18nProvider locale={language}>
      <Spoken value={{ language, speak }}>{children}</Spoken>
    </I18nProvider>
  )
}

export function useLanguage(): Spoken {
  const spoken = use(Spoken)
  if (spoken === undefined) throw new Error('Nothing is said outside of <LanguageProvider>.')
  return spoken
}

type Parameters<M> = M extends (parameters: infer P) => string ? [parameters: P] : []

/** Says the messages of a room in the language of the page. */
export type Say<E> = <N extends keyof E & string>(name: N, ...parameters: Parameters<E[N]>) => string

/** The voice of a room, the same until the language changes: `const say = useMessages(messages)`. */
export function useMessages<E>(messages: Messages<E>): Say<E> {
  const { language } = useLanguage()
  return useCallback<Say<E>>(
    (name, ...parameters) => {
      const message: unknown = messages[language][name]
      return typeof message === 'function' ? String(message(...parameters)) : String(message)
    },
    [messages, language],
  )
}

/** Writes a moment as people of the page's language do; undefined writes nothing. */
export function useMoment(): (moment: string | Date | null | undefined, style?: 'date' | 'time') => string {
  const { language } = useLanguage()
  return (moment, style = 'date') => {
    if (moment === null || moment === undefined) return ''
    const options =
      style === 'date'
        ? { dateStyle: 'medium' as const }
        : { dateStyle: 'medium' as const, timeStyle: 'medium' as const }
    return new Intl.DateTimeFormat(language, options).format(new Date(moment))
  }
}

/** Writes a count as people of the page's language do: `1,200`. */
export function useCount(): (count: number) => string {
  const { language } = useLanguage()
  return (count) => new Intl.NumberFormat(language).format(count)
}
