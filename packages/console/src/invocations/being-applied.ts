import { createKeyedStore } from './keyed-store.ts'

/** Bundles that a plan is being applied to: what one writes there meanwhile would be written over, or write over it. */
export const beingApplied = createKeyedStore<true>()
