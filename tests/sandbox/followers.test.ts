import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ControlError } from '@clipflight/control'
import { ADMIN_TOKEN, demoTeam, describeControlled } from './start-controlled.ts'

const MOST = 100

describeControlled('followers of the request log', (server) => {
  test('are a hundred at most, and all see the same', async () => {
    const { team, client } = await demoTeam(server())
    const open = async () => {
      const leave = new AbortController()
      const response = await fetch(`${server().url}/_clipflight/requests/stream?team=${team}`, {
        signal: leave.signal,
        headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      })
      return { leave, response }
    }
    const followers = await Promise.all(Array.from({ length: MOST }, open))
    assert.ok(followers.every(({ response }) => response.status === 200))

    const late = server().control.followRequests({ team })[Symbol.asyncIterator]()
    const refusal: unknown = await late.next().catch((error: unknown) => error)
    assert.ok(refusal instanceof ControlError)
    assert.equal(refusal.status, 429)

    await client.apps.list().page()
    const seen = await Promise.all(followers.map(({ response }) => readEvent(response)))
    assert.equal(new Set(seen).size, 1)
    assert.match(seen[0] ?? '', /"path":"\/v1\/apps"/)
    for (const { leave } of followers) leave.abort()
  })
})

/** The first event, as it came. */
async function readEvent({ body }: Response): Promise<string> {
  assert.ok(body)
  let text = ''
  for await (const bytes of body.pipeThrough(new TextDecoderStream())) {
    text += bytes
    const event = /^id: .*\ndata: .*\n\n/m.exec(text)
    if (event !== null) return event[0]
  }
  return text
}
