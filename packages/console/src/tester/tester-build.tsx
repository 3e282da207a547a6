import type { TesterBuild as Build } from '@clipflight/control'
import { bestLocale } from '../language/best-locale.ts'
import { useLanguage, useMessages, useMoment } from '../language/language.tsx'
import { useLocaleName } from '../language/locale-name.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Monogram } from '../ui/monogram.tsx'
import { Notice } from '../ui/notice.tsx'
import { Invocation } from './invocation.tsx'
import { LocaleChoice } from './locale-choice.tsx'
import { messages } from './messages.ts'
import { useChosenLocale } from './use-chosen-locale.ts'

const DAY_MILLISECONDS = 86_400_000

/** A build as TestFlight lists it. */
export function TesterBuild({ build }: { readonly build: Build }) {
  const say = useMessages(messages)
  const locales = localesOf(build)
  const [chosen, choose] = useChosenLocale(locales)
  const { app, version, build: number, invocations, expired } = build
  const languages = chosen === undefined ? navigator.languages : [chosen, ...navigator.languages]
  return (
    <div className="tester-build">
      <header className="tester-header">
        <Monogram name={app.name} size={4.5} />
        <div>
          <h1 dir="auto">{app.name}</h1>
          <p>{say('title', { version, number })}</p>
          <Expiry build={build} />
        </div>
      </header>
      {expired && (
        <Notice title={say('expiredTitle')} tone="warning">
          <p>{say('expiredText')}</p>
        </Notice>
      )}
      {locales.length > 0 && (
        <LocaleChoice
          locales={locales}
          ofDevice={bestLocale(locales, navigator.languages) ?? ''}
          chosen={chosen}
          onChoose={choose}
        />
      )}
      <WhatToTest texts={build.whatToTest} languages={languages} chosen={chosen} />
      {invocations.length === 0 ? (
        !expired && <EmptyState title={say('noInvocationsTitle')}>{say('noInvocationsText')}</EmptyState>
      ) : (
        <section aria-labelledby="app-clips" className="tester-section">
          <h2 id="app-clips">{say('appClips')}</h2>
          {!expired && <p className="quiet">{say('howToLaunch', { app: app.name })}</p>}
          <div className="card tester-invocations">
            {invocations.map((invocation, index) => (
              <Invocation
                key={invocation.url}
                place={index + 1}
                invocation={invocation}
                build={build}
                languages={languages}
                chosen={chosen}
              />
            ))}
          </div>
        </section>
      )}
    </div>
  )
}

function localesOf({ whatToTest, invocations }: Build): readonly string[] {
  return [...new Set([whatToTest, ...invocations.map(({ titles }) => titles)].flatMap(Object.keys))]
}

/** A build that was expired by hand keeps its date, which then says nothing. */
function Expiry({ build: { now, expiresAt, expired } }: { readonly build: Build }) {
  const say = useMessages(messages)
  const write = useMoment()
  const { language } = useLanguage()
  const left = expiresAt === null ? 0 : Date.parse(expiresAt) - Date.parse(now)
  if (expired && (expiresAt === null || left > 0)) return <p className="quiet">{say('expired')}</p>
  if (expiresAt === null) return null
  const date = write(expiresAt)
  const days = Math.ceil(left / DAY_MILLISECONDS)
  const when = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.max(0, days), 'day')
  return <p className="quiet">{expired ? say('expiredOn', { date }) : say('expires', { when, date })}</p>
}

interface WhatToTestProps {
  readonly texts: Readonly<Record<string, string>>
  readonly languages: readonly string[]
  readonly chosen: string | undefined
}

function WhatToTest({ texts, languages, chosen }: WhatToTestProps) {
  const say = useMessages(messages)
  const nameOf = useLocaleName()
  const locale = bestLocale(Object.keys(texts), languages)
  return (
    <section aria-labelledby="what-to-test" className="tester-section">
      <h2 id="what-to-test">{say('whatToTest')}</h2>
      {locale === undefined ? (
        <p className="quiet">{say('nothingToTest')}</p>
      ) : (
        <>
          <p className="tester-notes" lang={locale} dir="auto">
            {texts[locale]}
          </p>
          {chosen !== undefined && locale !== chosen && (
            <p className="tester-other">{say('otherNotes', { wanted: nameOf(chosen), shown: nameOf(locale) })}</p>
          )}
        </>
      )}
    </section>
  )
}
