import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeAnnotations } from '../../packages/cli/src/print/write-annotations.ts'

test('an annotation names file, line and column, and nothing in it ends it or begins another', () => {
  const text = writeAnnotations('ci,1/clip:flight%.yaml', [
    { line: 3, column: 7, reason: '100% wrong\n::error::other' },
    { line: 4, column: 1, reason: 'wrong too' },
  ])

  assert.equal(
    text,
    '::error file=ci%2C1/clip%3Aflight%25.yaml,line=3,col=7,title=Clipflight::100%25 wrong%0A::error::other\n' +
      '::error file=ci%2C1/clip%3Aflight%25.yaml,line=4,col=1,title=Clipflight::wrong too\n',
  )
})
