import type { Socket } from 'node:net'
import { rawRefusal } from './send-problem.ts'

/** A connection whose bytes never became a request: refused in the form of every other refusal, and closed. */
export function refuseBrokenRequest(
  error: Error & { code?: string },
  socket: Socket,
  budget: string | undefined,
): void {
  const headers = budget === undefined ? [] : [`X-Rate-Limit: ${budget}`]
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    socket.end(
      rawRefusal(
        'REQUEST_HEADERS_TOO_LARGE',
        'The URL and headers cannot exceed 16 KiB',
        'Request Header Fields Too Large',
        headers,
      ),
    )
  } else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    socket.end(rawRefusal('REQUEST_TIMEOUT', 'The request did not arrive in time', 'Request Timeout', headers))
  } else {
    socket.end(rawRefusal('BAD_REQUEST', 'The bytes received are not a valid HTTP request', 'Bad Request', headers))
  }
}
