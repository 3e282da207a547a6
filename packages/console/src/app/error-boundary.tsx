import { Component, type ReactNode } from 'react'
import { useMessages } from '../language/language.tsx'
import { control } from '../service/clients.ts'
import { isUnreachable } from '../service/failures.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/button.tsx'
import { messages as ui } from '../ui/messages.ts'
import { Notice } from '../ui/notice.tsx'
import { useReason } from '../ui/use-reason.ts'
import { messages } from './messages.ts'
import { Page } from './page.tsx'

interface Props {
  readonly children: ReactNode
  /** Where what went wrong has happened: somewhere else all begins anew. */
  readonly at?: string
}

interface State {
  readonly at: string | undefined
  readonly error: unknown
  readonly hasFailed: boolean
}

/** What a page that does not come, or a defect of one, leaves instead of nothing: what went wrong, and a way to start again. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { at: this.props.at, error: undefined, hasFailed: false }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error, hasFailed: true }
  }

  static getDerivedStateFromProps({ at }: Props, state: State): State | null {
    return at === state.at ? null : { at, error: undefined, hasFailed: false }
  }

  override render(): ReactNode {
    const { error, hasFailed } = this.state
    return hasFailed ? <NotShown error={error} /> : this.props.children
  }
}

function NotShown({ error }: { readonly error: unknown }) {
  const say = useMessages(messages)
  const sayOfUi = useMessages(ui)
  const reasonFor = useReason()
  // A browser does not ask again for a script that it could not load, so all is loaded anew. But not while the service is
  // away: the browser would show a page of its own.
  const tryAgain = async (): Promise<void> => {
    try {
      await control.readSession({})
    } catch (reason) {
      if (isUnreachable(reason)) return announce(reasonFor(reason))
    }
    location.reload()
  }
  return (
    <Page title={say('notShownTitle')}>
      <Notice title={sayOfUi('wentWrong')} tone="danger">
        <p>{reasonFor(error)}</p>
        <div>
          <Button onPress={() => void tryAgain()}>{sayOfUi('tryAgain')}</Button>
        </div>
      </Notice>
    </Page>
  )
}
