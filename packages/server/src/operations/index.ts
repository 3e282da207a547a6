import type { Route, RouteKind } from '@clipflight/contract'
import { create } from './create.ts'
import { addLinks, removeLinks } from './links.ts'
import { get, linkage, list, related } from './read.ts'
import { remove } from './remove.ts'
import type { Answer, OperationRequest, World } from './request.ts'
import { update } from './update.ts'

export type Operation = (route: Route, world: World, request: OperationRequest) => Promise<Answer>

/** What each kind of route does. */
export const operations: Readonly<Record<RouteKind, Operation>> = {
  list,
  get,
  create,
  update,
  delete: remove,
  related,
  linkage,
  'add links': addLinks,
  'remove links': removeLinks,
}
