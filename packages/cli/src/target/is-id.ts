/** Ids of everything but apps are UUIDs, and nothing that people name things by is. */
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

export function isId(name: string): boolean {
  return UUID.test(name)
}
