/** Makes a value when it is first asked for, and no other. */
export function once<V>(make: () => V): () => V {
  let made: V | undefined
  return () => (made ??= make())
}
