import type { TesterBuild } from '@clipflight/control'
import { useState } from 'react'
import { bestLocale } from '../language/best-locale.ts'
import { useMessages } from '../language/language.tsx'
import { useLocaleName } from '../language/locale-name.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { ForDevelopers } from './for-developers.tsx'
import { handedUrl } from './handed-url.ts'
import { LocalExperience } from './local-experience.tsx'
import { messages } from './messages.ts'

export interface InvocationProps {
  /** In the list, from 1. Its number is in the address while it is open. */
  readonly place: number
  readonly invocation: TesterBuild['invocations'][number]
  readonly build: TesterBuild
  /** Of whom it is shown to, the dearest first. */
  readonly languages: readonly string[]
  readonly chosen: string | undefined
}

/** One line of the App Clips section, and behind it everything to know before it is launched. */
export function Invocation({ place, invocation: { url, titles }, build, languages, chosen }: InvocationProps) {
  const say = useMessages(messages)
  const nameOf = useLocaleName()
  const fragment = `#${place}`
  const [isOpen, setOpen] = useState(location.hash === fragment)
  const locale = bestLocale(Object.keys(titles), languages)
  const isOther = locale !== undefined && chosen !== undefined && locale !== chosen
  return (
    <details
      name="invocation"
      className="tester-invocation"
      open={isOpen}
      onToggle={({ currentTarget: { open } }) => {
        setOpen(open)
        if (open) history.replaceState(history.state, '', fragment)
        else if (location.hash === fragment)
          history.replaceState(history.state, '', location.pathname + location.search)
      }}
    >
      <summary>
        <span className="tester-title" lang={locale} dir="auto">
          {locale === undefined ? say('untitled') : titles[locale]}
        </span>
        <span className="quiet tester-url">{url.replace(/^https:\/\//, '')}</span>
        {isOther && (
          <span className="tester-other">{say('otherLocale', { wanted: nameOf(chosen), shown: nameOf(locale) })}</span>
        )}
      </summary>
      {isOpen && (
        <div className="tester-opened">
          <HandedOver url={url} />
          {!build.expired && (
            <>
              <figure className="tester-code">
                <QrCode text={url} label={say('qrLabel', { url })} />
                <figcaption>
                  <strong>{say('qrTitle')}</strong>
                  <p className="quiet">{say('qrText')}</p>
                </figcaption>
              </figure>
              <LocalExperience url={url} app={build.app.name} bundleIds={build.appClipBundleIds} />
              <ForDevelopers url={url} />
            </>
          )}
        </div>
      )}
    </details>
  )
}

function HandedOver({ url }: { readonly url: string }) {
  const say = useMessages(messages)
  return (
    <section className="tester-handed">
      <h3>{say('handedOver')}</h3>
      <dl>
        {handedUrl(url).map(({ kind, name, value }, index) => (
          // A parameter may come twice.
          <div key={`${index} ${kind}`}>
            <dt>
              {say(kind)}
              {name !== undefined && (
                <>
                  {' '}
                  <code dir="ltr">{name}</code>
                </>
              )}
            </dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="tester-copied">
        <code dir="ltr">{url}</code>
        <CopyButton text={url} label={say('copyUrl')} />
      </div>
    </section>
  )
}
