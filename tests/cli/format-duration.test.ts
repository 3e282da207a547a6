import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDuration } from '../../packages/cli/src/format-duration.ts'

test('a duration is written to the second, with a sign only where something is left of it', () => {
  assert.equal(formatDuration(273_600_000), '3 d 4 h')
  assert.equal(formatDuration(-90_400), '-1 min 30 s')
  assert.equal(formatDuration(0), '0 s')
  assert.equal(formatDuration(-200), '0 s')
})
