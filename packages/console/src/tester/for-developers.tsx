import { useMessages } from '../language/language.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { quoteForShell } from '../ui/quote-for-shell.ts'
import { messages } from './messages.ts'

/** What launches an invocation without TestFlight, on the machine of who builds the App Clip. */
export function ForDevelopers({ url }: { readonly url: string }) {
  const say = useMessages(messages)
  const command = `xcrun simctl openurl booted ${quoteForShell(url)}`
  return (
    <details className="tester-more">
      <summary>{say('elsewhere')}</summary>
      <h4>{say('xcode')}</h4>
      <p className="quiet">{say('xcodeHint')}</p>
      <div className="tester-copied">
        <code dir="ltr">_XCAppClipURL = {url}</code>
        <CopyButton text={url} label={say('copyVariable')} />
      </div>
      <h4>{say('simulator')}</h4>
      <p className="quiet">{say('simulatorHint')}</p>
      <div className="tester-copied">
        <code dir="ltr">{command}</code>
        <CopyButton text={command} label={say('copyCommand')} />
      </div>
    </details>
  )
}
