import type { Creation, Problem, RowValue, Update } from '@clipflight/contract'
import type { Reader, Row, Transaction } from '../storage/storage.ts'

/** What a rule may look at: rows of the team, and the moment. It changes nothing. */
export interface Situation {
  readonly stored: Reader
  readonly team: number
  readonly now: number
}

/** What a creation links to, read and held against other writers: by the name of the relationship. */
export type Targets = Readonly<Record<string, Row>>

/** What a row holds where nothing was given and its definition leaves it to a rule (`byRule`). */
export type Beginning = (targets: Targets) => Readonly<Record<string, RowValue>>

/** Says what is wrong with a creation in the light of what is stored; nothing when nothing is. */
export type CreateRule = (
  creation: Creation,
  targets: Targets,
  situation: Situation,
) => readonly Problem[] | Promise<readonly Problem[]>

/** Says what is wrong with a change of a row as it is; nothing when nothing is. */
export type UpdateRule = (update: Update, before: Row) => readonly Problem[]

/** What else changes when a resource was made or changed; part of the same transaction. */
export type Consequence<Cause> = (cause: Cause, row: Row, transaction: Transaction, team: number) => Promise<void>

/** What is still to happen to a row by itself; part of the transaction that adds the row, whoever adds it. */
export type Prospect = (row: Row, transaction: Transaction, team: number) => Promise<void>

/** Everything about one resource that needs other rows, the caller or the clock, in the order it happens. */
export interface Rules {
  readonly begins?: Beginning
  readonly create?: readonly CreateRule[]
  readonly created?: readonly Consequence<Creation>[]
  readonly update?: readonly UpdateRule[]
  readonly updated?: readonly Consequence<Update>[]
  readonly prospects?: readonly Prospect[]
}
