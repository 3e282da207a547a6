import type { PairTable, Resource, Role } from '@clipflight/contract'
import { writeProblems, type FileProblem, type Place } from '@clipflight/yaml-text'

/** A seed file, read and found sound; nothing of it is stored yet. */
export interface Seed {
  readonly fileName: string
  readonly teams: readonly SeedTeam[]
}

export interface SeedTeam {
  readonly name: string
  readonly issuerId?: string
  readonly keys: readonly SeedKey[]
  /** In an order in which every resource stands behind those it links to. */
  readonly items: readonly SeedItem[]
  readonly pairs: readonly SeedPair[]
  readonly at: Place
}

export interface SeedKey {
  readonly id?: string
  readonly name?: string
  readonly roles: readonly Role[]
  readonly individual: boolean
  readonly revoked: boolean
  /** SPKI, PEM. Without it a pair of keys is made when the seed is planted. */
  readonly publicKey?: string
  readonly at: Place
}

/** One resource of a seed. */
export interface SeedItem {
  readonly resource: Resource
  readonly at: Place
  readonly id?: string
  /** As they were given, in JSON; points in time may be durations before or after the planting. */
  readonly attributes: Readonly<Record<string, unknown>>
  /** What its to-one columns point to; those that are empty are missing. */
  readonly links: Readonly<Record<string, SeedItem>>
}

/** A row of a table of pairs; `ends` are in the order of `through.ends`. */
export interface SeedPair {
  readonly through: PairTable
  readonly ends: readonly [SeedItem, SeedItem]
}

/** A seed file cannot be planted. The message names every problem with its line, and nothing was stored. */
export class SeedRefused extends Error {
  override readonly name = 'SeedRefused'
  readonly fileName: string
  readonly problems: readonly FileProblem[]

  constructor(fileName: string, problems: readonly FileProblem[]) {
    super(writeProblems(fileName, problems))
    this.fileName = fileName
    this.problems = problems
  }
}
