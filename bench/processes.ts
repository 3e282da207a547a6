import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { onCore, SERVER_CORE } from './machine.ts'

const STOP_MILLISECONDS = 10_000
const ANSWER_MILLISECONDS = 60_000
const BYTES_PER_KIBIBYTE = 1024
const MICROSECONDS_PER_TICK = 10_000
/** Places in `/proc/PID/stat`, counted from behind the name. */
const USER_TIME = 11
const SYSTEM_TIME = 12

/** A server of this run, in a process of its own. */
export interface ServerProcess extends AsyncDisposable {
  readonly process: ChildProcess
  /** Resident, now. */
  memoryBytes(): number
  /** Of that, what is in no file: the system can give it to nobody else. */
  ownBytes(): number | undefined
  /** Of all, pages of files with this name that the process maps: the system takes them back when it needs to. */
  mappedBytes(fileName: string): number | undefined
  /** Spent since it started, of all its threads, to a hundredth of a second. Linux only. */
  processorMicroseconds(): number
}

export function startServer(command: string, args: readonly string[], directory = process.cwd()): ServerProcess {
  const [pinned, pinnedArgs] = onCore(SERVER_CORE, command, args)
  const child = spawn(pinned, pinnedArgs, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (data: Buffer) => {
    complaint = `${complaint}${data.toString()}`.slice(-2000)
  })
  child.once('exit', (code) => {
    if (code !== null && code !== 0)
      process.stderr.write(`${command} ${args.join(' ')} ended with ${code}: ${complaint}\n`)
  })
  return {
    process: child,
    memoryBytes: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) * BYTES_PER_KIBIBYTE,
    processorMicroseconds: () => processorMicroseconds(child),
    ownBytes: () => readOwnBytes(child.pid),
    mappedBytes: (fileName) => readMappedBytes(child.pid, fileName),
    [Symbol.asyncDispose]: () => stop(child),
  }
}

function processorMicroseconds({ pid }: ChildProcess): number {
  // The name of the program comes before, in brackets, and may hold anything: proc_pid_stat(5).
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * MICROSECONDS_PER_TICK
}

/** Undefined where the system does not tell. */
function readOwnBytes(pid: number | undefined): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kibibytes = Array.from(text.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+)/gm), ([, figure]) => Number(figure))
    return kibibytes.reduce((total, figure) => total + figure, 0) * BYTES_PER_KIBIBYTE
  } catch {
    return undefined
  }
}

/** Undefined where the system does not tell. */
function readMappedBytes(pid: number | undefined, fileName: string): number | undefined {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/smaps`, 'utf8')
  } catch {
    return undefined
  }
  // A line for the mapping, with its file at the end, and then lines of figures.
  const mappings = text.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)
  const resident = mappings
    .filter((mapping) => mapping.split('\n', 1)[0]?.endsWith(`/${fileName}`) === true)
    .map((mapping) => Number(/^Rss:\s+(\d+)/m.exec(mapping)?.[1] ?? 0))
  return resident.reduce((total, kibibytes) => total + kibibytes, 0) * BYTES_PER_KIBIBYTE
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const deadline = new AbortController()
  const late = pause(STOP_MILLISECONDS, undefined, { signal: deadline.signal }).then(
    () => child.kill('SIGKILL'),
    () => false,
  )
  await exited
  deadline.abort()
  await late
}

/** The first line that a server prints; what it prints later is read and dropped. */
export async function firstLine({ process: child }: ServerProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The output of the server is not read')
  const lines = createInterface({ input: child.stdout })
  const line = await Promise.race([once(lines, 'line'), once(lines, 'close')])
  child.stdout.resume()
  if (line.length === 0) throw new Error('The server ended without a word')
  return String(line[0])
}

export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Asks until there is an answer with status 200, a millisecond apart. */
export async function waitForAnswer(url: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const deadline = performance.now() + ANSWER_MILLISECONDS
  for (;;) {
    const status = await statusOf(url, headers)
    if (status === 200) return
    if (performance.now() > deadline) throw new Error(`${url} answers ${status ?? 'nothing'}`)
    await pause(1)
  }
}

/** Undefined while nobody listens. */
function statusOf(url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { headers, agent: false }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode))
    })
    request.once('error', () => resolve(undefined))
  })
}
