import { Component, type ComponentType, type ReactNode } from 'react'
import { Failure } from '../ui/failure.tsx'

interface Failed {
  readonly error: unknown
}

interface Props {
  readonly children: ReactNode
  /** Where the children are: somewhere else all begins anew. */
  readonly at?: string
  /** Says what went wrong, and lets it be tried again. */
  readonly Instead?: ComponentType<Failed>
}

interface State extends Failed {
  readonly at: string | undefined
  readonly hasFailed: boolean
}

function LoadAgain({ error }: Failed) {
  return <Failure error={error} onTryAgain={() => location.reload()} />
}

/** What a defect of the page leaves, instead of nothing: what went wrong, and a way to start again. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { at: this.props.at, error: undefined, hasFailed: false }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error, hasFailed: true }
  }

  static getDerivedStateFromProps({ at }: Props, state: State): State | null {
    return at === state.at ? null : { at, error: undefined, hasFailed: false }
  }

  override render(): ReactNode {
    const { children, Instead = LoadAgain } = this.props
    const { error, hasFailed } = this.state
    return hasFailed ? <Instead error={error} /> : children
  }
}
