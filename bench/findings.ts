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

const MEGABYTE = 1_000_000

/** Megabytes of a million bytes, the stricter reading. */
export function megabytes(bytes: number): number {
  return bytes / MEGABYTE
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}
