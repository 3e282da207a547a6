import { useMessages } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { download } from '../ui/download.ts'
import { messages } from './messages.ts'
import { FILE_NAME } from './read-draft.ts'

/** The invocations of a build as a file, to look at and to take along. */
export function ExportCard({ text }: { readonly text: string }) {
  const say = useMessages(messages)
  return (
    <section className="card" aria-labelledby="export">
      <div className="card-body stack">
        <header className="file-header">
          <div>
            <h2 id="export">{say('export')}</h2>
            <p className="quiet">{say('exportAbout')}</p>
          </div>
          <div className="toolbar">
            <CopyButton text={text} label={say('copyFile')} />
            <Button onPress={() => download(FILE_NAME, text, 'application/yaml')}>{say('download')}</Button>
          </div>
        </header>
        {/* It scrolls, so the keyboard must get there. */}
        <pre className="file-text" tabIndex={0} role="region" aria-label={say('exported')}>
          {text}
        </pre>
      </div>
    </section>
  )
}
