import { operations } from '@clipflight/control'
import { useMessages } from '../../language/language.tsx'
import { messages } from './messages.ts'

/** As much of a schema as is shown of it. */
interface Part {
  readonly type?: unknown
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Part>>
  readonly anyOf?: readonly Part[]
}

interface Word {
  readonly path: string
  readonly values: string
  readonly about: string
}

/** Every member that a rule can have, from its schema. */
function wordsOf({ properties = {} }: Part, path = ''): readonly Word[] {
  return Object.entries(properties).flatMap(([name, part]) => {
    const at = path === '' ? name : `${path}.${name}`
    return [{ path: at, values: valuesOf(part), about: part.description ?? '' }, ...wordsOf(part, at)]
  })
}

function valuesOf({ type, enum: values, const: only, anyOf }: Part): string {
  if (values !== undefined) return values.join(' | ')
  if (only !== undefined) return String(only)
  if (anyOf !== undefined) return anyOf.map(valuesOf).join(' | ')
  return String(type ?? '')
}

/** What can be written into a rule, for who does not know it by heart. */
export function RuleVocabulary() {
  const say = useMessages(messages)
  return (
    <details>
      <summary>{say('vocabulary')}</summary>
      <div className="table-scroll">
        <table className="table rule-words">
          <tbody>
            {wordsOf(operations.createFault.body).map(({ path, values, about }) => (
              <tr key={path}>
                <th scope="row">
                  <code>{path}</code>
                </th>
                <td>
                  <code>{values}</code>
                </td>
                <td lang="en">{about}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
