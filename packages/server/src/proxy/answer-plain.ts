import type { IncomingMessage, ServerResponse } from 'node:http'
import { CONTROL_PATH } from '@clipflight/control/path'

/** Where the proxy, asked as a server, says its id. */
export const ID_PATH = `${CONTROL_PATH}/proxy`

interface Surroundings {
  readonly id: string
  readonly log: (line: string) => void
}

/** Answers what is no CONNECT: a request in plain text to some host is never passed on, one to the proxy gets its id. */
export function answerPlain({ url = '' }: IncomingMessage, response: ServerResponse, { id, log }: Surroundings): void {
  const host = URL.parse(url)?.host
  if (url === ID_PATH) {
    send(response, 200, id)
  } else if (host === undefined) {
    send(response, 400, 'Clipflight: this is a proxy, which takes CONNECT\n')
  } else {
    const sentence = `requests in plain text to ${host} are refused: only https is passed on`
    log(sentence)
    send(response, 403, `Clipflight: ${sentence}\n`)
  }
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(text)
}
