const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const

/** Such as `3 d 4 h`, to the second; `0 s` for less. */
export function formatDuration(milliseconds: number): string {
  let left = Math.round(Math.abs(milliseconds) / 1000)
  const parts = UNITS.flatMap(([name, seconds]) => {
    const count = Math.floor(left / seconds)
    left -= count * seconds
    return count === 0 ? [] : [`${count} ${name}`]
  })
  return parts.length === 0 ? '0 s' : `${milliseconds < 0 ? '-' : ''}${parts.join(' ')}`
}
