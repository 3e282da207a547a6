import { readFileText } from '../../project/open-file.ts'

/** The text of a seed file, or the name of a seed that the service has. */
export function readSeedText(named: string): string {
  if (named === 'demo' || named === 'none') return named
  return readFileText(named, 'A seed is demo, none, or a file (docs/seed-files.md).')
}
