import type { Build } from '../builds/queries.ts'
import { useBuildName } from '../builds/use-build-name.ts'
import type { Invocation } from '../invocations/queries.ts'
import { useMessages, useMoment } from '../language/language.tsx'
import { useLocaleName } from '../language/locale-name.ts'
import { QrCode } from '../ui/qr-code.tsx'
import { messages } from './messages.ts'

export interface SheetProps {
  readonly build: Build
  readonly invocations: readonly Invocation[]
  readonly locales: readonly string[]
}

/** A sheet of paper, in any theme: what the build is, and every invocation with boxes to tick. */
export function Sheet({ build, invocations, locales }: SheetProps) {
  return (
    <article className="sheet">
      <Head build={build} />
      <WhatToTest build={build} locales={locales} />
      {invocations.map((invocation, index) => (
        <ToTick key={invocation.id} place={index + 1} invocation={invocation} locales={locales} />
      ))}
    </article>
  )
}

function Head({ build }: { readonly build: Build }) {
  const { app, uploadedDate, expirationDate, expired } = build
  const nameOf = useBuildName()
  const say = useMessages(messages)
  const write = useMoment()
  return (
    <header className="sheet-head">
      <p>{say('sheet')}</p>
      <h2>{`${app.name} ${nameOf(build)}`}</h2>
      <p>
        {say('bundleId')} <code>{app.bundleId}</code> · {say('uploaded')} {write(uploadedDate)} ·{' '}
        {expired ? say('expired') : `${say('expires')} ${write(expirationDate)}`}
      </p>
      <div className="sheet-blanks">
        <span>{say('tester')}</span>
        <span>{say('device')}</span>
        <span>{say('date')}</span>
      </div>
    </header>
  )
}

function WhatToTest({ build, locales }: { readonly build: Build; readonly locales: readonly string[] }) {
  const say = useMessages(messages)
  // In the order of the titles below.
  const texts = locales.flatMap((locale) =>
    build.localizations.filter((each) => each.locale === locale && each.whatsNew !== null && each.whatsNew !== ''),
  )
  if (texts.length === 0) return null
  return (
    <section className="sheet-notes">
      <h3>{say('whatToTest')}</h3>
      <dl>
        {texts.map(({ locale, whatsNew }) => (
          <div key={locale}>
            <dt>{locale}</dt>
            <dd lang={locale} dir="auto">
              {whatsNew}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

interface ToTickProps {
  readonly place: number
  readonly invocation: Invocation
  readonly locales: readonly string[]
}

function ToTick({ place, invocation: { url, localizations }, locales }: ToTickProps) {
  const say = useMessages(messages)
  const nameOf = useLocaleName()
  const titles = new Map(localizations.map(({ locale, title }) => [locale, title]))
  return (
    <section className="sheet-invocation">
      <div className="sheet-lead">
        <figure>
          <QrCode text={url} label={say('qrLabel', { url })} />
        </figure>
        <div>
          <h3>
            {place}. <span dir="ltr">{url}</span>
          </h3>
          <p>
            <Box /> {say('launches')}
          </p>
          <p className="sheet-code">{say('code')}</p>
        </div>
      </div>
      {locales.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{say('locale')}</th>
              <th scope="col">{say('titleOf', { place })}</th>
              <th scope="col">{say('works')}</th>
              <th scope="col">{say('notes')}</th>
            </tr>
          </thead>
          <tbody>
            {locales.map((locale) => (
              <tr key={locale}>
                <th scope="row">
                  {nameOf(locale)} <code>{locale}</code>
                </th>
                <td lang={titles.has(locale) ? locale : undefined} dir="auto">
                  {titles.get(locale) ?? <em>{say('noTitle')}</em>}
                </td>
                <td>
                  <Box />
                </td>
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** To tick, on paper. */
function Box() {
  return <span className="sheet-box" aria-hidden="true" />
}
