import { useEffect } from 'react'
import { useMessages } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { LanguageChoice } from '../ui/language-choice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Instead } from './instead.tsx'
import { messages } from './messages.ts'
import { TesterBuild } from './tester-build.tsx'
import { useTesterBuild, type Reading } from './use-tester-build.ts'
import './tester.css'

/** What a build offers its testers, to whoever has a link. */
export function TesterPage({ token }: { readonly token: string }) {
  const say = useMessages(messages)
  const [reading, tryAgain] = useTesterBuild(token)
  const title = titleOf(reading, say('nothingTitle'))
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <div className="tester">
      <main>
        {reading.state === 'waiting' && <Waiting />}
        {reading.state === 'found' && <TesterBuild build={reading.build} />}
        {reading.state === 'nothing' && (
          <Instead title={say('nothingTitle')}>
            <p>{say('nothingText')}</p>
          </Instead>
        )}
        {reading.state === 'failed' && (
          <div role="alert">
            <Instead title={say('failedTitle')}>
              <p>{say('failedText')}</p>
              <Button look="primary" onPress={tryAgain}>
                {say('tryAgain')}
              </Button>
            </Instead>
          </div>
        )}
      </main>
      {reading.state !== 'waiting' && (
        <footer>
          {reading.state === 'found' && <p>{say('about')}</p>}
          <LanguageChoice />
        </footer>
      )}
    </div>
  )
}

function titleOf(reading: Reading, nothing: string): string {
  if (reading.state === 'nothing') return nothing
  if (reading.state !== 'found') return 'TestFlight'
  const { app, version, build } = reading.build
  return `${app.name} ${version} (${build})`
}

/** Has the shape of a build, so that little moves when it comes. */
function Waiting() {
  const say = useMessages(messages)
  return (
    <div className="tester-build">
      <Skeleton height={4.75} label={say('loading')} />
      <div className="skeleton" style={{ height: '3.75rem' }} />
      <div className="skeleton" style={{ height: '4.5rem' }} />
      <div className="skeleton" style={{ height: '20rem' }} />
    </div>
  )
}
