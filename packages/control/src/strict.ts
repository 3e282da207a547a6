import { Type, type TProperties } from 'typebox'

/** An object with these members and no others: a misspelt one is refused and not ignored. */
export function strict<const P extends TProperties>(properties: P, description?: string) {
  return Type.Object(properties, {
    additionalProperties: false,
    ...(description === undefined ? {} : { description }),
  })
}
