import { showText } from './show-text.ts'

/** A title fits; of a longer URL the rest tells nobody anything. */
const MAX_SHOWN = 255

/** Text of a stranger, shown to the letter: nothing in it is Markdown, HTML, a mention, a link or the end of a cell. */
export function code(text: string): string {
  const characters = [...text]
  const isLong = characters.length > MAX_SHOWN
  return `<code>${escapeText(isLong ? `${characters.slice(0, MAX_SHOWN).join('')}…` : text)}</code>`
}

/** All of ASCII but letters, digits, spaces and `/` as character references, which Markdown takes for text only. */
function escapeText(text: string): string {
  return showText(text).replaceAll(/[!-.:-@[-`{-~]/g, (character) => `&#${character.codePointAt(0)};`)
}
