import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toPathPattern } from '../../packages/control/src/path-pattern.ts'

/** Every text of so many of these letters at most. */
function textsOf(letters: readonly string[], most: number): readonly string[] {
  const shorter = most === 0 ? [] : textsOf(letters, most - 1)
  return ['', ...shorter.flatMap((text) => letters.map((letter) => `${letter}${text}`))]
}

/** The same by trying every way to share the path out among the stars, which is right and takes for ever on long ones. */
function matches(glob: string, path: string): boolean {
  if (glob === '') return path === ''
  const [stars = ''] = /^\**/.exec(glob) ?? []
  if (stars === '') return glob[0] === path[0] && matches(glob.slice(1), path.slice(1))
  const rest = glob.slice(stars.length)
  const skipped = Array.from({ length: path.length + 1 }, (_, end) => path.slice(0, end))
  return skipped.some((part) => (stars.length > 1 || !part.includes('/')) && matches(rest, path.slice(part.length)))
}

test('a pattern matches what it says, whatever stars it has', () => {
  const paths = textsOf(['/', 'a', 'b'], 5)
  const globs = textsOf(['*', '**', '/', 'a'], 5)

  const wrong = globs.flatMap((glob) => {
    const pattern = toPathPattern(glob)
    return paths.filter((path) => pattern.test(path) !== matches(glob, path)).map((path) => `${glob} and ${path}`)
  })

  assert.deepEqual(wrong, [])
})

test('a pattern of more characters than a word has bits matches what it says', () => {
  const long = 'abcdefghij'.repeat(19)

  for (const [glob, path, expected] of [
    [`*${long}`, `a${long}`, true],
    [`*${long}`, `/${long}`, false],
    [`**${long}`, `/${long}`, true],
    [`**${long}*`, `/${long}/`, false],
    [`**${long}**`, `/${long}/`, true],
    [[...long].join('*').slice(0, 200), long.slice(0, 100), true],
    [[...long].join('*').slice(0, 199), long.slice(0, 101), false],
    ['a*'.repeat(100), 'a'.repeat(99), false],
    ['a*'.repeat(100), 'a'.repeat(16_000), true],
  ] as const)
    assert.equal(toPathPattern(glob).test(path), expected, glob)
})
