/** All but a line feed: terminals take what is pasted for keys, and one that breaks off a command is among them. */
// oxlint-disable-next-line no-control-regex -- they are what is meant
const CONTROL = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/

/** The text as one word of a POSIX shell, whatever is in it; `$'…'` is one of 2024, and older in bash and zsh. */
export function quoteForShell(text: string): string {
  if (!CONTROL.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`
  return `$'${text.replaceAll(new RegExp(String.raw`${CONTROL.source}|['\\]`, 'g'), toOctal)}'`
}

function toOctal(character: string): string {
  const bytes = [...new TextEncoder().encode(character)]
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}
