/** Somebody who was killed says nothing: it is looked for this often. */
const LOOKED_FOR_MILLISECONDS = 250

/** Calls once when the process of that id, this one's parent, has ended: a killed test run leaves no service behind. */
export function onceParentIsGone(parent: number, gone: () => void): void {
  const looking = setInterval(() => {
    if (isThere(parent)) return
    clearInterval(looking)
    gone()
  }, LOOKED_FOR_MILLISECONDS)
  looking.unref()
}

function isThere(parent: number): boolean {
  // Orphans get another parent, except on Windows.
  if (process.ppid !== parent) return false
  try {
    process.kill(parent, 0)
    return true
  } catch (error) {
    // Somebody else's process is there all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
