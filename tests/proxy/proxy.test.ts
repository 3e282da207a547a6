import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { Agent, request } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { signFor } from '../support/sign-for.ts'
import { COMMAND } from '../cli/command-line.ts'
import { freshDirectory, runClipflight, type Ended } from '../serve/run-clipflight.ts'
import { dataDirectory, modeOf, nodeThrough } from './run-through.ts'

const EXIT_FAILED = 1

function proxy(context: TestContext, dataDir: string, ...args: readonly string[]): Promise<Ended> {
  return runClipflight(context, ['proxy', '--data-dir', dataDir, ...args]).ended
}

/** A proxy in the background, which is ended after the test. */
async function startInBackground(context: TestContext, ...args: readonly string[]): Promise<string> {
  let dataDir = ''
  // Before the directory is removed, as these are called in the order in which they are given.
  context.after(() => proxy(context, dataDir, '--stop'))
  dataDir = await dataDirectory(context)
  const { code, stderr } = await proxy(context, dataDir, '--env', ...args)
  assert.equal(code, 0, stderr)
  assert.match(stderr, /runs in the background \(process \d+, log .*\); clipflight proxy --stop --data-dir \S+ ends it/)
  return dataDir
}

/** Runs lines of a shell as somebody would who has the command on the path. */
async function shell(folder: string, lines: string): Promise<Ended> {
  const script = `clipflight() { "${process.execPath}" "${COMMAND}" "$@"; }\n${lines}`
  const child = spawn('sh', ['-c', script], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = await once(child, 'close')
  return { code: Number(code), stdout, stderr }
}

describe('clipflight proxy', () => {
  test('sends what a shell starts to the service, from --env to --stop', async (context) => {
    const folder = await freshDirectory(context)
    const script = `
      const { status } = await fetch('https://api.appstoreconnect.apple.com/v1/apps')
      console.log(status, process.env.ASC_KEY_ID.length, process.env.APP_STORE_CONNECT_PRIVATE_KEY.split('\\n')[0])`

    const { code, stdout, stderr } = await shell(
      folder,
      `eval "$(clipflight proxy --env)"
       '${process.execPath}' --input-type=module --eval "${script}"
       clipflight apps list --output json | head -n 4
       clipflight proxy --stop`,
    )

    assert.equal(code, 0, stderr)
    assert.match(stdout, /^401 10 -----BEGIN PRIVATE KEY-----$/m)
    assert.match(stdout, /"name": "Example Coffee"|"type": "apps"/)
  })

  test('that ended is named by commands of a shell that still has its variables, with how it loses them', async (context) => {
    const { stderr, stdout } = await shell(
      await freshDirectory(context),
      `eval "$(clipflight proxy --env)"
       clipflight proxy --stop
       clipflight apps list >failed
       echo $? $HTTPS_PROXY`,
    )

    assert.match(stdout, /^1 http:/)
    assert.match(
      stderr,
      /clipflight: The proxy http:\S+, which HTTPS_PROXY names, is gone.*\n {2}.*: eval "\$\(clipflight proxy --stop --env\)"\n/,
    )
  })

  test('leaves nothing in a shell that reads --stop --env, also when it has ended before', async (context) => {
    for (const before of ['', 'clipflight proxy --stop']) {
      const { code, stdout, stderr } = await shell(
        await freshDirectory(context),
        `unset CURL_CA_BUNDLE NODE_EXTRA_CA_CERTS REQUESTS_CA_BUNDLE SSL_CERT_FILE
         unset HTTPS_PROXY HTTP_PROXY ALL_PROXY NO_PROXY https_proxy http_proxy all_proxy no_proxy
         export ASC_BASE_URL=https://example.com
         env | cut -d= -f1 | sort > before
         eval "$(clipflight proxy --env)"
         ${before}
         eval "$(clipflight proxy --stop --env)"
         env | cut -d= -f1 | sort > after
         diff before after
         clipflight proxy --stop --env`,
      )

      assert.equal(code, 0, stderr)
      // It stood in the way, and was taken out by --env.
      assert.equal(stdout.replaceAll(/^\d.*\n/gm, ''), '< ASC_BASE_URL\n')
      assert.match(stderr, /clipflight: this shell does not go through the proxy of .*\.clipflight\n$/)
    }
  })

  test('writes its variables, by the line in its help, into a file that only its user reads and git ignores', async (context) => {
    const folder = await freshDirectory(context)
    const { stdout: help } = await shell(folder, 'clipflight proxy --help')
    const [, line = ''] = /\$ (.*>(?!\/dev).*)/.exec(help) ?? []
    const [, file = ''] = />([\w./-]+)\)?$/.exec(line) ?? []

    const { code, stderr } = await shell(folder, `umask 022\n${line} && clipflight proxy --stop`)

    assert.equal(code, 0, stderr)
    assert.match(await readFile(join(folder, file), 'utf8'), /PRIVATE KEY/)
    assert.equal(await modeOf(join(folder, file)), 0o600)
    assert.equal(await readFile(join(folder, file, '../.gitignore'), 'utf8'), '*\n')
  })

  test('is one for a data directory, which --env finds again', async (context) => {
    const dataDir = await startInBackground(context)

    const first = await proxy(context, dataDir, '--env')
    const second = await proxy(context, dataDir, '--env', '--seed', 'none')

    assert.equal(first.stderr, '')
    assert.equal(second.stdout, first.stdout)
    assert.equal(second.stderr, 'clipflight: a proxy runs already, with the options that it was started with\n')
    assert.equal(await modeOf(join(dataDir, 'proxy/proxy.log')), 0o600)
  })

  test('writes no key into its log', async (context) => {
    const dataDir = await startInBackground(context)

    assert.doesNotMatch(await readFile(join(dataDir, 'proxy/proxy.log'), 'utf8'), /KEY/)
  })

  test('serves what exec runs with the same data directory', async (context) => {
    const dataDir = await startInBackground(context, '--seed', 'none')

    const { stdout, stderr } = await nodeThrough(
      context,
      dataDir,
      `console.log((await fetch('https://api.appstoreconnect.apple.com/v1/apps')).status)`,
    )

    assert.equal(stdout, '401\n')
    assert.equal(stderr, '')
  })

  test('has nothing left to stop after --stop', async (context) => {
    const dataDir = await startInBackground(context)

    const first = await proxy(context, dataDir, '--stop')
    const second = await proxy(context, dataDir, '--stop')

    assert.deepEqual([first.code, first.stdout], [0, ''])
    assert.equal(
      first.stderr,
      `clipflight: the proxy has ended. A shell that has its variables takes them off: eval "$(clipflight proxy --stop --env --data-dir ${dataDir})"\n`,
    )
    assert.deepEqual(second, { code: 0, stdout: '', stderr: `clipflight: no proxy runs with ${dataDir}\n` })
  })

  test('ends in the background when its data directory is gone', { timeout: 30_000 }, async (context) => {
    const dataDir = await startInBackground(context)
    const { url } = JSON.parse(await readFile(join(dataDir, 'proxy/running.json'), 'utf8'))

    await rm(dataDir, { recursive: true })

    while (await isOpen(Number(new URL(url).port))) continue
  })

  test('is not looked for elsewhere, wherever the data directory says that it is', async (context) => {
    const dataDir = await dataDirectory(context)
    const bystander = startBystander(context)
    const id = `${bystander.pid}-elsewhere`
    let asked = 0
    const elsewhere = createServer((_request, response) => {
      asked += 1
      response.end(id)
    })
    context.after(() => elsewhere.close())
    // It listens here, but that is not what its address says.
    await once(elsewhere.listen(0, '0.0.0.0'), 'listening')
    const address = elsewhere.address()
    assert.ok(typeof address === 'object' && address !== null)
    await mkdir(join(dataDir, 'proxy'), { recursive: true })
    const running = { url: `http://0.0.0.0:${address.port}`, id, pid: bystander.pid }
    await writeFile(join(dataDir, 'proxy/running.json'), JSON.stringify(running))

    const stopped = await proxy(context, dataDir, '--stop')

    assert.deepEqual(stopped, { code: 0, stdout: '', stderr: `clipflight: no proxy runs with ${dataDir}\n` })
    assert.equal(asked, 0)
    assert.ok(bystander.kill(0))
  })

  test('is what --stop ends, whatever process the data directory names', async (context) => {
    const dataDir = await startInBackground(context)
    const path = join(dataDir, 'proxy/running.json')
    const bystander = startBystander(context)
    const running = JSON.parse(await readFile(path, 'utf8'))
    await writeFile(path, JSON.stringify({ ...running, pid: bystander.pid }))

    const { code, stderr } = await proxy(context, dataDir, '--stop')

    assert.equal(code, 0, stderr)
    assert.equal(await isOpen(Number(new URL(running.url).port)), false)
    assert.ok(bystander.kill(0))
  })

  test('says why it does not start in the background', async (context) => {
    const dataDir = await dataDirectory(context)

    const { code, stdout, stderr } = await proxy(context, dataDir, '--env', '--seed', 'missing.yaml')

    assert.equal(code, EXIT_FAILED)
    assert.match(stderr, /The proxy did not start\n.*The seed file missing\.yaml cannot be read/)
    assert.equal(stdout, '')
  })

  test('ends when it cannot write where it can be found, and says so', { timeout: 30_000 }, async (context) => {
    const dataDir = await dataDirectory(context)
    await mkdir(join(dataDir, 'proxy/running.json'), { recursive: true })

    const inForeground = await proxy(context, dataDir)
    const inBackground = await proxy(context, dataDir, '--env')

    for (const { code, stdout, stderr } of [inForeground, inBackground]) {
      assert.equal(code, EXIT_FAILED)
      assert.equal(stdout, '')
      assert.match(stderr, /The file .*running\.json cannot be written \(EISDIR\)\n$/)
      assert.doesNotMatch(stderr, /CannotStart|^ +at /m)
    }
  })

  test('prints the variables in the foreground too, runs until SIGTERM, and is found meanwhile', async (context) => {
    const dataDir = await dataDirectory(context)
    const running = runClipflight(context, ['proxy', '--data-dir', dataDir])
    assert.match(await running.firstLine(), /^export HTTPS_PROXY='http:\/\/127\.0\.0\.1:\d+'$/)
    await once(running.process.stderr, 'data')

    const another = await proxy(context, dataDir)
    const found = await proxy(context, dataDir, '--env')
    running.process.kill('SIGTERM')
    const { code, stdout } = await running.ended

    assert.equal(another.code, EXIT_FAILED)
    assert.match(another.stderr, /A proxy runs already with/)
    assert.equal(found.stdout, stdout)
    assert.equal(code, 0)
    await assert.rejects(access(join(dataDir, 'proxy/running.json')), { code: 'ENOENT' })
  })

  test('answers what has been asked before it ends', async (context) => {
    const dataDir = await dataDirectory(context)
    const running = runClipflight(context, ['proxy', '--data-dir', dataDir])
    const proxyUrl = /'(.*)'/.exec(await running.firstLine())?.[1]
    await once(running.process.stderr, 'data')
    const { keyId, issuerId, privateKeyPath } = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'))
    const privateKey = await readFile(privateKeyPath, 'utf8')
    const agent = new Agent({
      keepAlive: true,
      ca: await readFile(join(dataDir, 'proxy/ca.pem')),
      proxyEnv: { HTTPS_PROXY: proxyUrl },
    })
    const sent = request('https://api.appstoreconnect.apple.com/v1/betaAppClipInvocations', {
      agent,
      method: 'POST',
      headers: {
        authorization: `Bearer ${await signFor({ keyId, issuerId, privateKey }, Date.now())}`,
        'content-type': 'application/json',
        'content-length': 2,
        expect: '100-continue',
      },
    })
    await once(sent, 'continue')

    running.process.kill('SIGTERM')
    // The proxy takes nobody any more, so it has got the signal.
    while (await isOpen(Number(new URL(proxyUrl ?? '').port))) continue
    sent.end('{}')
    const [response] = await once(sent, 'response')

    assert.equal(response.statusCode, 422)
    response.resume()
    assert.equal((await running.ended).code, 0)
  })
})

/** A process that has nothing to do with proxies. */
function startBystander(context: TestContext): ChildProcess {
  const child = spawn('sleep', ['60'])
  context.after(() => child.kill('SIGKILL'))
  return child
}

async function isOpen(port: number): Promise<boolean> {
  const client = connect(port, '127.0.0.1')
  try {
    await once(client, 'connect')
    return true
  } catch {
    return false
  } finally {
    client.destroy()
  }
}
