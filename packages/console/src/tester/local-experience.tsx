import { useMessages } from '../language/language.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { messages } from './messages.ts'

export interface LocalExperienceProps {
  readonly url: string
  readonly app: string
  /** Of the App Clips of the build. */
  readonly bundleIds: readonly string[]
}

/** The steps to a local experience, and to the App Clip by it. https://developer.apple.com/documentation/appclip/testing-the-launch-experience-of-your-app-clip */
export function LocalExperience({ url, app, bundleIds }: LocalExperienceProps) {
  const say = useMessages(messages)
  return (
    <details className="tester-more">
      <summary>{say('setUp')}</summary>
      <ol>
        <li>{say('setUpLaunch', { app })}</li>
        <li>{say('setUpSettings')}</li>
        <li>
          {say('setUpPrefix')}
          <div className="tester-copied">
            <code dir="ltr">{url}</code>
            <CopyButton text={url} label={say('copyPrefix')} />
          </div>
        </li>
        <li>
          {say('setUpBundle')}
          {bundleIds.map((bundleId) => (
            <div key={bundleId} className="tester-copied">
              <code dir="ltr">{bundleId}</code>
              <CopyButton text={bundleId} label={say('copyBundle', { bundleId })} />
            </div>
          ))}
        </li>
        <li>{say('setUpRest')}</li>
        <li>{say('setUpScan')}</li>
      </ol>
    </details>
  )
}
