import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBody } from '../../packages/server/src/http/read-body.ts'

const TOO_DEEP = /cannot be nested deeper than 32 levels/

function nested(levels: number, inside = ''): string {
  return `${'['.repeat(levels)}${inside}${']'.repeat(levels)}`
}

function read(text: string): unknown {
  return readBody(Buffer.from(text))
}

test('a body may nest 32 levels deep and not 33', () => {
  assert.deepEqual(read(nested(32)), JSON.parse(nested(32)))
  assert.throws(() => read(nested(33)), TOO_DEEP)
  assert.throws(() => read(`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`), TOO_DEEP)
})

test('brackets that were closed again do not count', () => {
  const text = `[${Array.from({ length: 100 }, () => nested(31)).join()}]`
  assert.deepEqual(read(text), JSON.parse(text))
})

test('brackets within strings do not count, whatever is escaped there', () => {
  const brackets = '[{'.repeat(40)
  for (const string of [brackets, `"${brackets}`, `\\${brackets}`, `${brackets}\\`, `\\"\\\\"${brackets}"\\\\\\`]) {
    const text = nested(32, JSON.stringify(string))
    assert.deepEqual(read(text), JSON.parse(text))
    assert.throws(() => read(nested(33, JSON.stringify(string))), TOO_DEEP)
    assert.throws(() => read(`[${JSON.stringify(string)},${nested(32)}]`), TOO_DEEP)
  }
})

test('a string that does not end is no document', () => {
  for (const text of ['"', '["\\"]', '["\\\\\\"', '{"a', '"\\'])
    assert.throws(() => read(text), /not a valid JSON document/)
})
