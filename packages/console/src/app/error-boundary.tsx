import { Component, type ReactNode } from 'react'
import { Failure } from '../ui/failure.tsx'

interface State {
  readonly error: unknown
  readonly hasFailed: boolean
}

/** What a defect of the page leaves, instead of nothing: what went wrong, and a way to start again. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined, hasFailed: false }

  static getDerivedStateFromError(error: unknown): State {
    return { error, hasFailed: true }
  }

  override render(): ReactNode {
    const { error, hasFailed } = this.state
    return hasFailed ? <Failure error={error} onTryAgain={() => location.reload()} /> : this.props.children
  }
}
