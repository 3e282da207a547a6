/** Loads a server with autocannon, as load-autocannon.ts asks for it, and prints what came back. */
import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'
import { ID, NUMBER, STRIDE, type Ids, type Load, type Outcome } from './load.ts'
import { CONNECTIONS } from './options.ts'

const [, , written = '', seconds = ''] = process.argv
const { url, headers, body, ids } = JSON.parse(written) as Load
const { origin, pathname, search } = new URL(url)

const result = await autocannon({
  url: origin,
  connections: CONNECTIONS,
  duration: Number(seconds),
  requests: [
    {
      method: body === undefined ? 'GET' : 'POST',
      path: `${pathname}${search}`,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
      ...(ids === undefined ? {} : { setupRequest: requestMaker(ids) }),
    },
  ],
})
const outcome: Outcome = {
  requests: result.requests.total,
  perSecond: result.requests.total / result.duration,
  p50Milliseconds: result.latency.p50,
  p99Milliseconds: result.latency.p99,
  failures: result.non2xx + result.errors + result.timeouts,
}
process.stdout.write(JSON.stringify(outcome))

function requestMaker({ file, count, inTurnFrom }: Ids): (request: autocannon.Request) => autocannon.Request {
  const all = readFileSync(file, 'latin1')
  let made = inTurnFrom ?? 0
  return (request) => {
    const index = inTurnFrom === undefined ? Math.floor(Math.random() * count) : (made * STRIDE) % count
    made += 1
    const id = all.slice(index * ID.length, (index + 1) * ID.length)
    const number = String(made).padStart(NUMBER.length, '0')
    return {
      ...request,
      path: `${pathname}${search}`.replace(ID, id),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace(ID, id)])),
      ...(body === undefined ? {} : { body: body.replace(NUMBER, number).replace(ID, id) }),
    }
  }
}
