import { isUtf8 } from 'node:buffer'
import { refuse } from '@clipflight/contract'

/** Deeper than any document of the API, shallow enough for every reader of JSON. */
const MAX_DEPTH = 32

const QUOTE = 34
const BACKSLASH = 92
const OPENING = new Set([91, 123])
const CLOSING = new Set([93, 125])

/** Whether JSON text nests deeper than allowed; looks at each character once and builds nothing. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let inText = false
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (inText) {
      if (character === BACKSLASH) index++
      else if (character === QUOTE) inText = false
    } else if (character === QUOTE) inText = true
    else if (OPENING.has(character)) {
      depth++
      if (depth > MAX_DEPTH) return true
    } else if (CLOSING.has(character)) depth--
  }
  return false
}

/** The JSON of a body. Throws `ENTITY_INVALID` when it is none: evidence 5.8. */
export function readBody(bytes: Buffer): unknown {
  // Decoding would put other characters in the place of what is not UTF-8, and save those.
  if (!isUtf8(bytes)) refuse({ code: 'ENTITY_INVALID', detail: 'The request entity is not valid UTF-8' })
  const text = bytes.toString()
  if (isTooDeep(text)) {
    refuse({ code: 'ENTITY_INVALID', detail: `The request entity cannot be nested deeper than ${MAX_DEPTH} levels` })
  }
  try {
    return JSON.parse(text)
  } catch {
    // What the parser says quotes the body; the client has that already.
    refuse({ code: 'ENTITY_INVALID', detail: 'The request entity is not a valid JSON document' })
  }
}
