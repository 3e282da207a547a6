import { problemsOfDefinitions } from '../check-definitions.ts'
import type { Resource } from '../define-resource.ts'
import * as definitions from './definitions.ts'

/** Every resource of the service, in order of name. Routes, readers, writers, the document and types come from here. */
export const resources = sensible({ ...definitions })

/** Hands the definitions back. Throws when they make no sense. */
/* @__NO_SIDE_EFFECTS__ */
function sensible<const D extends Readonly<Record<string, Resource>>>(definitions: D): D {
  const problems = problemsOfDefinitions(definitions)
  if (problems.length > 0) throw new Error(`The definitions make no sense. ${problems.join(' ')}`)
  return definitions
}
