import type { Resource } from '../define-resource.ts'
import { refuseAny, type Problem } from '../problem.ts'
import type { Update } from './draft.ts'
import {
  isObject,
  member,
  openBody,
  openResourceObject,
  problemsOfForm,
  readAttributes,
  readIdentifier,
  unknownRelationship,
  unprocessable,
} from './read-envelope.ts'

/** A trusted change from the untrusted body of a PATCH to the resource with that id. */
export function readUpdate(resource: Resource, id: string, body: unknown): Update {
  const document = openBody(body, ['data'])
  const data = member(document, 'data')
  const form = problemsOfForm(data, resource.type, 'data')
  if (isObject(data) && member(data, 'id') === undefined) form.push(unprocessable('data.id'))
  refuseAny(form)
  const object = openResourceObject(isObject(data) ? data : {}, resource, '/data', 'data')
  // JSON:API wants 409 here. Unverified: the code and wording; no public source shows Apple's.
  const mismatch: Problem[] =
    object.id === id
      ? []
      : [
          {
            code: 'ENTITY_ERROR.ID_MISMATCH',
            detail: `The provided entity id '${object.id ?? ''}' does not match the id in the URL`,
            source: { pointer: '/data/id' },
          },
        ]
  const { attributes, problems } = readAttributes(object, 'update')
  const unknown = Object.keys(object.relationships).map((name) => unknownRelationship(object, name))
  refuseAny([...mismatch, ...problems, ...unknown])
  return { attributes }
}

/** Most links that one request may add or remove. */
const MAX_LINKS = 200

/** The ids in the body of a write to a to-many relationship: `{"data": [{type, id}, …]}`. */
export function readLinkage(target: Resource, body: unknown): readonly string[] {
  const document = openBody(body, ['data'])
  const data = member(document, 'data')
  if (!Array.isArray(data) || data.length > MAX_LINKS) {
    refuseAny([unprocessable('data')])
    return []
  }
  const read = data.map((item: unknown, index) => readIdentifier(item, target.type, `data.[${index}]`))
  refuseAny(read.flatMap((one) => (typeof one === 'string' ? [] : one)))
  return [...new Set(read.filter((one) => typeof one === 'string'))]
}
