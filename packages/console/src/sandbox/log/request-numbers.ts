/** Moments and lengths of requests, as people of a language write them. */
export interface RequestNumbers {
  time(at: string): string
  dateAndTime(at: string): string
  duration(milliseconds: number): string
}

const made = new Map<string, RequestNumbers>()

/** Made once for a language: a format takes longer to make than all that it writes on a screen. */
export function numbersOf(language: string): RequestNumbers {
  const known = made.get(language)
  if (known !== undefined) return known
  const precise = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 } as const
  const time = new Intl.DateTimeFormat(language, { ...precise, hourCycle: 'h23' })
  const both = new Intl.DateTimeFormat(language, {
    ...precise,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const short = new Intl.NumberFormat(language, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 1 })
  const long = new Intl.NumberFormat(language, { style: 'unit', unit: 'second', maximumFractionDigits: 2 })
  const numbers: RequestNumbers = {
    time: (at) => time.format(new Date(at)),
    dateAndTime: (at) => both.format(new Date(at)),
    duration: (milliseconds) => (milliseconds < 1000 ? short.format(milliseconds) : long.format(milliseconds / 1000)),
  }
  made.set(language, numbers)
  return numbers
}
