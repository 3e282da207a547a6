import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Asks the control API, and fails when it refuses. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<unknown>

export function askerOf(url: string, adminToken: string): Ask {
  return async (method, path, body) => {
    const response = await fetch(`${url}/_clipflight${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}: ${text.slice(0, 500)}`)
    return text === '' ? undefined : (JSON.parse(text) as unknown)
  }
}

export function adminTokenOf(dataDir: string): string {
  const { adminToken } = JSON.parse(readFileSync(join(dataDir, 'credentials.json'), 'utf8')) as { adminToken: string }
  return adminToken
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
