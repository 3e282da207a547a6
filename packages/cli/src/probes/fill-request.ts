import type { RawRequest } from '@clipflight/client'
import { PLACEHOLDERS, type Ids, type ProbeRequest } from './probe.ts'

const PLACEHOLDER = new RegExp(`\\{(${PLACEHOLDERS.join('|')})\\}`, 'g')

/** The request as it is sent, with ids in place of what stands for them. Throws where one is missing. */
export function fillRequest({ method, path, body }: ProbeRequest, ids: Ids): RawRequest {
  const known = new Map<string, string>(Object.entries(ids))
  const fill = (text: string): string =>
    text.replaceAll(PLACEHOLDER, (_, name: string) => {
      const id = known.get(name)
      if (id === undefined) throw new Error(`There is no id for {${name}}`)
      return id
    })
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body)
  return { method, path: fill(path), ...(text === undefined ? {} : { body: fill(text) }) }
}
