/** What is asked of a server by every connection, one request after another. */
export interface Load {
  /** May hold `ID` in its path, or the headers or the body do. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent with POST; may hold `NUMBER` before `ID`. */
  readonly body?: string
  readonly ids?: Ids
  /** Sent over bare sockets, which can go through a proxy. Such a load is a GET without `ID`. */
  readonly isBare?: true
  readonly through?: { readonly proxyUrl: string; readonly certificatePath: string }
}

/** What `ID` stands for. */
export interface Ids {
  /** A file of ids of 36 characters without anything between them. */
  readonly file: string
  readonly count: number
  /** Each as often as any other, counted from a number that also fills `NUMBER`; otherwise at random. */
  readonly inTurnFrom?: number
}

/** What stands in a load for an id and for the number of a request: as long as what takes its place. */
export const ID = 'IDIDIDID-IDID-IDID-IDID-IDIDIDIDIDID'
export const NUMBER = 'NUMBER000'

/** Ids in turn are that far apart, so that neighbours do not share pages; a prime, so that all have their turn. */
export const STRIDE = 104_729

/** What came back. */
export interface Outcome {
  readonly requests: number
  readonly perSecond: number
  readonly p50Milliseconds: number
  readonly p99Milliseconds: number
  /** Answers that were refusals or crashes, and connections that broke. */
  readonly failures: number
}
