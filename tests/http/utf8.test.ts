import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toByteString } from '@clipflight/contract'
import fc from 'fast-check'
import { demoTeam, describeControlled } from '../sandbox/start-controlled.ts'

test('a byte string is the UTF-8 of a text, a byte a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(200), (text, times) => {
      const long = text.repeat(times)

      assert.deepEqual(Buffer.from(toByteString(long), 'latin1'), Buffer.from(long))
    }),
  )
})

describeControlled('the bytes of answers', (server) => {
  async function answerTo(token: string, method: string, path: string, body?: unknown) {
    const response = await fetch(`${server().url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const bytes = await response.bytes()
    assert.equal(response.headers.get('content-length'), String(bytes.length))
    return { status: response.status, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  }

  test('are UTF-8, as many as the head says, and the log has the same text', async () => {
    const { team, token, client, bundle } = await demoTeam(server())
    const title = 'カウンターで注文 – à emporter 🍵'
    const { id } = await client.betaAppClipInvocations.create({
      url: 'https://a.example/',
      buildBundle: bundle,
      titles: { ja: title, 'en-US': 'Plain' },
    })
    const path = `/v1/betaAppClipInvocations/${id}?include=betaAppClipInvocationLocalizations`

    const { text } = await answerTo(token, 'GET', path)

    const { included } = JSON.parse(text) as { included: { attributes: { title: string } }[] }
    assert.deepEqual(included.map(({ attributes }) => attributes.title).toSorted(), ['Plain', title])
    const { requests } = await server().control.listRequests({ team, method: 'GET' })
    assert.equal(requests.at(-1)?.answerBody?.text, text)
    assert.equal(requests.at(-1)?.answerBody?.bytes, Buffer.byteLength(text))
  })

  test('are UTF-8 in refusals that repeat what was sent, and in pages of faults', async () => {
    const { team, token } = await demoTeam(server())

    const refused = await answerTo(token, 'PATCH', '/v1/builds/1', {
      data: { type: 'builds', id: '1', attributes: { bünde: true } },
    })
    await server().control.createFault({ match: { team }, then: { answer: { status: 502, html: '<p>Störung</p>' } } })
    const struck = await answerTo(token, 'GET', '/v1/apps')

    assert.match(refused.text, /bünde/)
    assert.deepEqual(struck, { status: 502, text: '<p>Störung</p>' })
    const { requests } = await server().control.listRequests({ team })
    assert.deepEqual(
      requests.slice(-2).map(({ answerBody }) => answerBody?.text),
      [refused.text, struck.text],
    )
  })
})
