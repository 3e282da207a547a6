import { useMessages } from '../language/language.tsx'
import { control } from '../service/clients.ts'
import { isUnreachable } from '../service/failures.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/button.tsx'
import { messages as ui } from '../ui/messages.ts'
import { Notice } from '../ui/notice.tsx'
import { Reason } from '../ui/reason.tsx'
import { messages } from './messages.ts'
import { Page } from './page.tsx'

/** Stands for a page that did not come, or has a defect. */
export function NotShown({ error }: { readonly error: unknown }) {
  const say = useMessages(messages)
  const sayOfUi = useMessages(ui)
  // A browser does not ask again for a script that it could not load, so all is loaded anew. But not while the service is
  // away: the browser would show a page of its own.
  const tryAgain = async (): Promise<void> => {
    try {
      await control.readSession({})
    } catch (reason) {
      if (isUnreachable(reason)) return announce(sayOfUi('unreachable'))
    }
    location.reload()
  }
  return (
    <Page title={say('notShownTitle')}>
      <Notice title={sayOfUi('wentWrong')} tone="danger">
        <p>
          <Reason error={error} />
        </p>
        <div>
          <Button onPress={() => void tryAgain()}>{sayOfUi('tryAgain')}</Button>
        </div>
      </Notice>
    </Page>
  )
}
