import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

/** Colours text for one stream: only on a terminal, and as NO_COLOR and FORCE_COLOR say. */
export type Style = (format: Format, text: string) => string

export function styleFor(stream: NodeJS.WriteStream): Style {
  return (format, text) => styleText(format, text, { stream })
}

/** For tests of nothing and pipes: text as it is. */
export const plain: Style = (_format, text) => text
