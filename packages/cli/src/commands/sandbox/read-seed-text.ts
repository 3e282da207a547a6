import { ControlError } from '@clipflight/control'
import { wrongUsage } from '../../command-error.ts'
import { readFileText } from '../../project/open-file.ts'

/** The text of a seed file, or the name of a seed that the service has. */
export function readSeedText(named: string): string {
  if (named === 'demo' || named === 'none') return named
  return readFileText(named, 'A seed is demo, none, or a file (docs/seed-files.md).')
}

/** Where the service puts a problem within the text of a seed, which to it has no name. */
const IN_SEED = /^seed(?=:\d+:\d+: )/gm

/** What the service says of a file that `sandbox export` wrote of all teams, or of none. */
const OF_SEVERAL = 'The seed must have one team'

/** Sends a seed, and has what is wrong with it said of the file that it came from. */
export async function sendSeed<T>(named: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    const details = error instanceof ControlError ? error.problems.map(({ detail = '' }) => detail) : []
    if (details.some((detail) => detail.startsWith(OF_SEVERAL)))
      throw wrongUsage(
        `${named}: ${details.join('\n')}`,
        'A file of one team is written by: clipflight sandbox export --team TEAM --out FILE',
      )
    if (details.length === 0 || !details.every((detail) => detail.search(IN_SEED) === 0)) throw error
    throw wrongUsage(details.join('\n').replaceAll(IN_SEED, named))
  }
}
