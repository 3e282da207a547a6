import { isUtf8 } from 'node:buffer'
import { refuse } from '@clipflight/contract'

/** Deeper than any document of the API, shallow enough for every reader of JSON. */
const MAX_DEPTH = 32

const QUOTE = 34
const OPENING_BRACKET = 91
const BACKSLASH = 92
const CLOSING_BRACKET = 93
const OPENING_BRACE = 123
const CLOSING_BRACE = 125

/** Whether JSON text nests deeper than allowed; goes through it once and builds nothing. */
function isTooDeep(text: string): boolean {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (character === QUOTE) index = endOfString(text, index)
    else if (character === OPENING_BRACKET || character === OPENING_BRACE) {
      depth++
      if (depth > MAX_DEPTH) return true
    } else if (character === CLOSING_BRACKET || character === CLOSING_BRACE) depth--
  }
  return false
}

/** Where the quote is that ends the string which begins there, or the text where none does. */
function endOfString(text: string, start: number): number {
  let end = start
  do {
    end = text.indexOf('"', end + 1)
    if (end < 0) return text.length
  } while (isEscaped(text, end))
  return end
}

/** Of two backslashes in a row, the first escapes the second. */
function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++
  return backslashes % 2 === 1
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
