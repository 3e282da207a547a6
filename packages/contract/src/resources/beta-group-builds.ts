import type { PairTable } from '../define-resource.ts'

/** Which builds a group of testers has been given. */
export const betaGroupBuilds: PairTable = { table: 'betaGroupBuilds', ends: ['betaGroups', 'builds'] }
