export interface TextRead {
  readonly text: string
  /** Whether nothing in the file says how its letters are written. */
  readonly isGuessed: boolean
}

/** Reads what a spreadsheet has saved: UTF-8, UTF-16 as Excel's "Unicode Text", or else what Excel writes on Windows. */
export async function readTextFile(file: File): Promise<TextRead> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  // The mark of UTF-16, which begins no UTF-8.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), isGuessed: false }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), isGuessed: true }
  }
}
