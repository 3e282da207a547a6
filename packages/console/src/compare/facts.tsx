import { compareFacts } from '@clipflight/plan'
import { messages as ofBuilds } from '../builds/messages.ts'
import type { Build } from '../builds/queries.ts'
import { useMessages } from '../language/language.tsx'
import { factsOf } from './facts-of.ts'
import { messages } from './messages.ts'

export interface FactsProps {
  readonly here: string
  readonly there: string
  readonly first: Build
  readonly second: Build
}

/** In what else two builds differ for their testers. */
export function Facts({ here, there, first, second }: FactsProps) {
  const say = useMessages(messages)
  const sayOfBuild = useMessages(ofBuilds)
  const changes = compareFacts(factsOf(first, say, sayOfBuild), factsOf(second, say, sayOfBuild))
  if (changes.length === 0) return null
  return (
    <section className="stack" aria-labelledby="facts">
      <h2 id="facts">{say('facts')}</h2>
      <div className="card">
        <table className="compare-table">
          <thead>
            <tr>
              <th scope="col">{say('fact')}</th>
              <th scope="col">{here}</th>
              <th scope="col">{there}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ what, before, after }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td data-label={here}>{before ?? '–'}</td>
                <td data-label={there}>{after ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
