/** One figure of the report. */
export interface Finding {
  readonly what: string
  readonly measured: string
  readonly target?: { readonly text: string; readonly isMet: boolean }
}

/** A table that stands behind the findings. */
export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly note?: string
}

export interface Part {
  readonly findings: readonly Finding[]
  readonly tables: readonly Table[]
}

export function atLeast(what: string, value: number, target: number): Finding {
  return { what, measured: value.toFixed(2), target: { text: `≥ ${target}`, isMet: value >= target } }
}

export function atMost(what: string, value: number, target: number, unit: string, digits = 0): Finding {
  return {
    what,
    measured: `${value.toFixed(digits)} ${unit}`,
    target: { text: `≤ ${target} ${unit}`, isMet: value <= target },
  }
}

/** Parts that are measured together, and what is to be known of them. */
export interface Group {
  readonly parts: readonly Part[]
  readonly howMeasured: readonly string[]
  readonly caveats: readonly string[]
}

const MEGABYTE = 1_000_000
const KILOBYTE = 1000

/** Megabytes of a million bytes, the stricter reading. */
export function megabytes(bytes: number): number {
  return bytes / MEGABYTE
}

/** Kilobytes of a thousand bytes. */
export function kilobytes(bytes: number): number {
  return bytes / KILOBYTE
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** Of what was thrown. */
export function firstLineOf(reason: unknown): string {
  return String(reason instanceof Error ? reason.message : reason).split('\n', 1)[0] ?? ''
}
