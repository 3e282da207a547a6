import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import type { LoggedRequest } from '@clipflight/control'
import { writeCurl } from '../../packages/console/src/sandbox/log/write-curl.ts'

const REQUEST: LoggedRequest = {
  number: 1,
  id: 'one',
  at: '2030-01-01T00:00:00Z',
  milliseconds: 1,
  method: 'POST',
  path: '/v1/apps',
  query: '',
  status: 200,
  requestHeaders: {},
  answerHeaders: {},
  problems: [],
}

/** What curl is given by a shell. */
function argumentsOf(command: string): readonly string[] {
  const functions = `clipflight() { printf a-token; }\ncurl() { printf '%s\\0' "$@"; }\n`
  const { stdout, stderr } = spawnSync('bash', ['-c', `${functions}${command}`], { encoding: 'utf8' })
  assert.equal(stderr, '')
  return stdout.split('\0').slice(0, -1)
}

describe('the command that sends a request once more', () => {
  it('hands a shell what the request had, whatever that is', () => {
    for (const text of [
      `it's $(id) \`id\` "$HOME" \\ \\' !!`,
      `over; \u001B[201~\u0003\r\nid\n`,
      `'\u0007\u009B\t\u007F\\x'1`,
      "$'x'",
      'é\u202E😀',
    ]) {
      const command = writeCurl(
        { ...REQUEST, requestHeaders: { 'x-any': text.replaceAll(/[\r\n]/g, '') }, requestBody: { text, bytes: 1 } },
        'http://localhost:1',
      )
      assert.deepEqual(argumentsOf(command), [
        '--request',
        'POST',
        'http://localhost:1/v1/apps',
        '--header',
        'Authorization: Bearer a-token',
        '--header',
        `x-any: ${text.replaceAll(/[\r\n]/g, '')}`,
        '--data-raw',
        text,
      ])
      // oxlint-disable-next-line no-control-regex -- a terminal takes them for keys
      assert.doesNotMatch(command, /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/)
    }
  })

  it('lets curl make one request of it and not many', () => {
    for (const query of ['filter[name]=x', 'limit={1,2}', 'limit=[1-99999]']) {
      const given = argumentsOf(writeCurl({ ...REQUEST, query }, 'http://localhost:1'))
      assert.deepEqual(given.slice(2, 4), ['--globoff', `http://localhost:1/v1/apps?${query}`])
    }
  })
})
