import { Fragment } from 'react'
import { useMessages } from '../language/language.tsx'
import { isUnreachable, problemsOf, textOf } from '../service/failures.ts'
import { messages } from './messages.ts'
import { refusals } from './refusals.ts'

type Known = keyof typeof refusals.en

const isKnown = (code: string): code is Known => Object.hasOwn(refusals.en, code)

/** Says why something did not work, or that there was no answer. What only the service can say is English, and marked so. */
export function Reason({ error }: { readonly error: unknown }) {
  const say = useMessages(messages)
  const sayRefusal = useMessages(refusals)
  if (isUnreachable(error)) return say('unreachable')
  const problems = problemsOf(error)
  if (problems.length === 0) return <span lang="en">{error instanceof Error ? error.message : String(error)}</span>
  return problems.map((problem, index) => (
    <Fragment key={index}>
      {index > 0 && ' '}
      {isKnown(problem.code) ? sayRefusal(problem.code, textOf(problem)) : <span lang="en">{textOf(problem)}</span>}
    </Fragment>
  ))
}
