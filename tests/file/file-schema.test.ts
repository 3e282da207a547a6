import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { fileSchema } from '../../packages/plan/src/file/file-schema.ts'
import { writeInvocationsFile } from '../../packages/plan/src/file/write-invocations-file.ts'

const isValid = new Ajv2020({ allErrors: true }).compile(fileSchema())

const order = { url: 'https://coffee.example.com/order', title: { 'en-US': 'Order' } }

describe('the JSON Schema of files', () => {
  test('takes what is written, for one app and for several', () => {
    const app = { app: 'a', invocations: [{ url: order.url, titles: order.title }] }

    for (const apps of [[app], [app, { ...app, app: 'b' }]]) {
      assert.equal(isValid(parse(writeInvocationsFile(apps))), true, JSON.stringify(isValid.errors))
    }
  })

  test('takes variables, also where a URL begins', () => {
    for (const url of ['https://a.example/${BUILD}', '${env.BASE}/order', 'HTTPS://a.example']) {
      assert.equal(isValid({ app: 'a', invocations: [{ ...order, url }] }), true, url)
    }
  })

  test('refuses what reading refuses and a schema can say', () => {
    const bad = [
      {},
      { app: 'a' },
      { apps: [] },
      { app: 'a', apps: [] },
      { app: 'a', invocations: [], apps: [] },
      { app: 'a', invocations: [order, order, order, order] },
      { app: 'a', invocations: [{ url: order.url }] },
      { app: 'a', invocations: [{ ...order, titel: {} }] },
      { app: 'a', invocations: [{ ...order, title: {} }] },
      { app: 'a', invocations: [{ ...order, title: { en: 'Order' } }] },
      { app: 'a', invocations: [{ ...order, title: { 'en-US': 'x'.repeat(256) } }] },
      { app: 'a', invocations: [{ ...order, url: 'http://a.example' }] },
      { app: 'a', invocations: [{ ...order, url: '${BUILD}' }] },
    ]

    for (const file of bad) assert.equal(isValid(file), false, JSON.stringify(file))
  })
})
