/**
 * Characters that a terminal obeys, or that make a line read otherwise than it is: controls, breaks, directions, and
 * what takes no room. Then what GitHub's runners obey in whatever a program prints: `::` where a line begins, and
 * `##[` anywhere. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const OBEYED =
  /[\p{Cc}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]|(?<=^\s*):(?=:)|(?<=#)#(?=\[)/gu

/** Text of a stranger as one line that shows what is in it. */
export function showText(text: string): string {
  return text.replace(OBEYED, (character) => {
    const code = character.codePointAt(0) ?? 0
    return character === '\n' ? '\\n' : `\\u${code.toString(16).padStart(4, '0')}`
  })
}
