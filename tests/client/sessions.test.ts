import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { createClient } from '@clipflight/client'
import { createControlClient } from '@clipflight/control'
import { answer, refuse, startFaultyServer, type Fault } from './faulty-server.ts'

async function start(t: TestContext, fault: Fault) {
  const server = await startFaultyServer(fault)
  t.after(() => server.close())
  return server
}

describe('the client with a session', () => {
  it('sends the team and no token', async (t) => {
    const teams: unknown[] = []
    const server = await start(t, ({ headers }, response) => {
      teams.push([headers['x-clipflight-team'], headers.authorization])
      answer(response, 200, { data: [], links: { self: '' } })
    })

    await createClient({ session: { team: 3 }, baseUrl: server.url })
      .apps.list()
      .page()
    await createClient({ session: { team: 'none' }, baseUrl: server.url })
      .apps.list()
      .page()

    assert.deepEqual(teams, [
      ['3', undefined],
      ['none', undefined],
    ])
  })

  it('asks once when the session is over', async (t) => {
    const server = await start(t, (_, response) => refuse(response, 401, 'NOT_AUTHORIZED'))

    await assert.rejects(createClient({ session: { team: 3 }, baseUrl: server.url }).apps.get('1'), { status: 401 })

    assert.equal(server.seen.length, 1)
  })

  it('takes plain http to any host, since no secret of its own is sent', () => {
    createClient({ session: { team: 1 }, baseUrl: 'http://clips.example' })

    assert.throws(() => createClient({ token: () => 'x', baseUrl: 'http://clips.example' }), /https/)
  })

  it('is one way of the control client too', async (t) => {
    const seen: unknown[] = []
    const server = await start(t, ({ headers, path }, response) => {
      seen.push([path, headers['x-clipflight-team'], headers.authorization])
      answer(response, 200, { teams: [] })
    })

    await createControlClient({ url: server.url, session: { team: 'none' } }).listTeams()

    assert.deepEqual(seen, [['/_clipflight/teams', 'none', undefined]])
  })
})
