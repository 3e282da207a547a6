import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, describe, test } from 'node:test'
import { parse } from 'yaml'
import { startChangingGateway, withoutInvocations } from '../support/changing-gateway.ts'
import { startGateway, type Judgement, type Passing } from '../support/gateway.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild } from '../support/teams.ts'
import { COMMAND, variablesFor } from './command-line.ts'
import { makeProject, type Invocations } from './project.ts'

const [EXIT_FAILED, EXIT_USAGE, EXIT_CONFLICT] = [1, 2, 5]
const EXIT_INTERRUPTED = 130

const A = 'https://example.com/a'
const B = 'https://example.com/b'
const C = 'https://example.com/c'
const ORDER = { 'en-US': 'Order' }
const PAY = { 'en-US': 'Pay' }
const EAT = { 'en-US': 'Eat' }
const THREE: Invocations = { [A]: ORDER, [B]: PAY, [C]: EAT }

let server: TestServer

before(async () => {
  server = await startServer('sqlite')
})

after(() => server.close())

describe('apply', () => {
  test('makes the build what the file says, and changes nothing the second time', async (context) => {
    const gateway = await startGateway(context, server.url)
    const project = await makeProject(context, server, { url: gateway.url })
    await project.give('https://example.com/old', ORDER)
    await project.write(THREE)

    const first = await project.run(['apply', '--auto-approve'])
    const writes = gateway.requests.filter((request) => !request.startsWith('GET')).length
    const second = await project.run(['apply', '--auto-approve'])

    assert.equal(first.code, 0, first.stderr)
    assert.match(
      first.stdout,
      /\n✓ ~ https:\/\/example\.com\/old → .*\/a\n✓ \+ .*\/b\n✓ \+ .*\/c\n\nApplied: 2 created, 1 updated, 0 deleted\.\n$/,
    )
    assert.deepEqual(await project.has(), THREE)
    assert.equal(second.code, 0, second.stderr)
    assert.match(second.stdout, /No changes\.\n$/)
    assert.equal(gateway.requests.filter((request) => !request.startsWith('GET')).length, writes)
  })

  test('prints the plan with what became of it as JSON or YAML', async (context) => {
    for (const [format, read] of [
      ['json', (text: string) => JSON.parse(text)] as const,
      ['yaml', (text: string) => parse(text)] as const,
    ]) {
      const project = await makeProject(context, server)
      await project.write({ [A]: ORDER })

      const { stdout, stderr } = await project.run(['apply', '--auto-approve', '--output', format])

      const { summary, done, changes } = read(stdout)
      assert.equal(stderr, '')
      assert.deepEqual(summary, { create: 1, update: 0, delete: 0 })
      assert.deepEqual(done, summary)
      assert.deepEqual([changes[0].outcome, changes[0].op, changes[0].after.url], ['done', 'create', A])
    }
  })

  test('begins with nothing where the list of invocations is answered with 404', async (context) => {
    const url = await startChangingGateway(context, server.url, withoutInvocations)
    const project = await makeProject(context, server, { url })
    await project.write({ [A]: ORDER })
    const saved = await project.run(['plan', '--app', project.bundleId, '--out', 'plan.json'])

    const { code, stderr } = await project.run(['apply', 'plan.json'])

    assert.equal(saved.code, 0, saved.stderr)
    assert.equal(code, 0, stderr)
    assert.deepEqual(await project.has(), { [A]: ORDER })
  })

  test('deletes all but one of the invocations with the same URL, which the service should not have', async (context) => {
    // The service itself takes a URL once.
    const url = await startChangingGateway(context, server.url, ({ body }) => ({
      body: body.replace(B, A).replace(C, A),
    }))
    const project = await makeProject(context, server, { url })
    await project.give(A, ORDER)
    await project.give(B, ORDER)
    await project.give(C, ORDER)
    await project.write({ [A]: ORDER })
    await project.run(['plan', '--prune', '--out', 'plan.json'])

    const { code, stdout, stderr } = await project.run(['apply', 'plan.json'])

    assert.equal(code, 0, stderr)
    assert.match(stdout, /Applied: 0 created, 0 updated, 2 deleted\.\n$/)
    assert.equal(Object.keys(await project.has()).length, 1)
  })

  test('asks on a terminal, and does nothing without a yes', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })

    for (const answer of ['\r', 'n\r', '\u0003', '\u0004']) {
      const terminal = project.terminal(['apply'])
      await terminal.shows(/1 to create[^]*Apply these changes\? \[y\/N\]: /)
      terminal.type(answer)
      const { code, screen } = await terminal.ended
      assert.equal(code, EXIT_FAILED, screen)
      assert.match(screen, /\n[^\n]*clipflight:[^\n]*othing was done/)
      assert.doesNotMatch(screen, /\[y\/N\]: [^\n]*clipflight:/)
    }
    assert.deepEqual(await project.has(), {})
  })

  test('goes on after a yes, a line for each change', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })
    const terminal = project.terminal(['apply'])

    await terminal.shows(/\[y\/N\]: /)
    terminal.type('y\r')
    const { code, screen } = await terminal.ended

    assert.equal(code, 0, screen)
    assert.match(screen, /✓.* .*\+.* https:\/\/example\.com\/a\r\n[^]*Applied: 1 created/)
    assert.deepEqual(await project.has(), { [A]: ORDER })
  })

  test('does nothing when the build changed while somebody was asked', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })
    const terminal = project.terminal(['apply', '--prune'])

    await terminal.shows(/\[y\/N\]: /)
    await project.give(B, PAY)
    terminal.type('y\r')
    const { code, screen } = await terminal.ended

    assert.equal(code, EXIT_CONFLICT)
    assert.match(screen, /changed since the plan was made\. Nothing was changed/)
    assert.deepEqual(await project.has(), { [B]: PAY })
  })

  test('where nobody can be asked wants a yes before it reads anything', async (context) => {
    const gateway = await startGateway(context, server.url)
    const project = await makeProject(context, server, { url: gateway.url })
    await project.write({ [A]: ORDER })

    const piped = await project.run(['apply'])
    const inCi = await project.terminal(['apply'], { CI: 'true' }).ended

    assert.equal(piped.code, EXIT_USAGE)
    assert.match(piped.stderr, /Say so with --auto-approve, or apply a saved plan/)
    assert.equal(inCi.code, EXIT_USAGE)
    assert.deepEqual(gateway.requests, [])
  })
})

describe('a saved plan', () => {
  test('is applied without asking', async (context) => {
    const gateway = await startGateway(context, server.url)
    const project = await makeProject(context, server, { url: gateway.url })
    await project.write(THREE)
    await project.run(['plan', '--out', 'plan.json'])
    const before = gateway.requests.length

    const { code, stdout, stderr } = await project.run(['apply', 'plan.json'])

    assert.equal(code, 0, stderr)
    assert.match(stdout, /build 1\.4 \(42\)[^]*Applied: 3 created/)
    assert.equal(gateway.requests.length - before, 1 + 3)
    assert.deepEqual(await project.has(), THREE)
  })

  test('is refused when the build changed since, and when it was applied already', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })
    await project.run(['plan', '--out', 'plan.json'])
    await project.give(B, PAY)

    const { code, stderr } = await project.run(['apply', 'plan.json'])

    assert.equal(code, EXIT_CONFLICT)
    assert.match(
      stderr,
      /invocations of build 1\.4 \(42\) of .* changed since the plan was made\. Nothing was changed\n {2}Make the plan again, with the options that it was made with: clipflight plan --out plan\.json/,
    )
    assert.deepEqual(await project.has(), { [B]: PAY })
  })

  test('that was tampered with deletes nothing of another build', async (context) => {
    const project = await makeProject(context, server)
    const other = await makeProject(context, server)
    const id = await other.give(B, PAY)
    await project.give(A, ORDER)
    await project.write({})
    await project.run(['plan', '--prune', '--out', 'plan.json'])
    const plan = JSON.parse(await project.readText('plan.json'))
    plan.bundles[0].changes[0].id = id
    await project.writeText(JSON.stringify(plan), 'plan.json')

    const { code, stderr } = await project.run(['apply', 'plan.json'])

    assert.equal(code, EXIT_CONFLICT)
    assert.match(stderr, /The plan changes what is not in build 1\.4 \(42\)/)
    assert.deepEqual([await project.has(), await other.has()], [{ [A]: ORDER }, { [B]: PAY }])
  })

  test('has settled what options could say', async (context) => {
    const project = await makeProject(context, server)

    const { code, stderr } = await project.run(['apply', 'plan.json', '--prune'])

    assert.equal(code, EXIT_USAGE)
    assert.match(stderr, /--prune does not go with a saved plan/)
    const late = await project.run(['apply', 'plan.json', '--timeout', '5m'])
    assert.match(late.stderr, /--wait or --timeout does not go with a saved plan/)
  })

  test('that is none is told from one', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })

    const { code, stderr } = await project.run(['apply', 'clipflight.yaml'])

    assert.equal(code, EXIT_FAILED)
    assert.match(stderr, /cannot be applied: not a saved plan.*\n.*clipflight\.yaml is named with --file/)
  })
})

describe('an apply that is interrupted', () => {
  test('by a gateway that fails says what was done and what was not, and the next one carries on', async (context) => {
    for (const failing of [1, 2, 3]) {
      let isMended = false
      // As often as the client tries.
      const judge = ({ write }: Passing) => (write >= failing && !isMended ? 'refuse' : 'pass')
      const gateway = await startGateway(context, server.url, judge)
      const project = await makeProject(context, server, { url: gateway.url })
      await project.give('https://example.com/old', ORDER)
      await project.write(THREE)

      const first = await project.run(['apply', '--auto-approve', '--output', 'json'])
      isMended = true
      const half = await project.has()
      const second = await project.run(['apply', '--auto-approve'])

      assert.equal(first.code, EXIT_FAILED)
      const { message, outcomes } = JSON.parse(first.stderr).error
      assert.match(message, new RegExp(`answered 502 .*\\n${failing - 1} of 3 changes were made`))
      assert.deepEqual(
        outcomes.map(({ outcome }: { outcome: string }) => outcome),
        ['done', 'done', 'done'].map((done, at) =>
          at + 1 < failing ? done : at + 1 === failing ? 'unclear' : 'not done',
        ),
      )
      assert.equal(Object.keys(half).length, Math.max(1, failing - 1))
      assert.equal(second.code, 0, second.stderr)
      assert.deepEqual(await project.has(), THREE)
    }
  })

  test('by a lost answer finds out whether a creation arrived, and makes nothing twice', async (context) => {
    const judge = ({ write }: Passing) => (write === 2 ? 'lose' : 'pass')
    const gateway = await startGateway(context, server.url, judge)
    const project = await makeProject(context, server, { url: gateway.url })
    await project.write(THREE)

    const { code, stdout, stderr } = await project.run(['apply', '--auto-approve'])

    assert.equal(code, 0, stderr)
    assert.match(stdout, /Applied: 3 created/)
    assert.deepEqual(await project.has(), THREE)
  })

  test('by one lost answer to a change makes it again, and goes on', async (context) => {
    const gateway = await startGateway(context, server.url, ({ write }) => (write === 1 ? 'lose' : 'pass'))
    const project = await makeProject(context, server, { url: gateway.url })
    await project.give(A, ORDER)
    await project.write({ [A]: PAY, [B]: EAT })

    const { code, stdout, stderr } = await project.run(['apply', '--auto-approve'])

    assert.equal(code, 0, stderr)
    assert.match(stdout, /Applied: 1 created, 1 updated, 0 deleted/)
    assert.deepEqual(await project.has(), { [A]: PAY, [B]: EAT })
  })

  test('by answers that are all lost says that a change may have arrived, and the next one carries on', async (context) => {
    let isMended = false
    const gateway = await startGateway(context, server.url, ({ write }) => (write > 0 && !isMended ? 'lose' : 'pass'))
    const project = await makeProject(context, server, { url: gateway.url })
    await project.give(A, ORDER)
    await project.write({ [A]: PAY, [B]: EAT })

    const first = await project.run(['apply', '--auto-approve'])
    isMended = true
    const second = await project.run(['apply', '--auto-approve'])

    assert.equal(first.code, EXIT_FAILED)
    assert.match(
      first.stderr,
      /0 of 2 changes were made: .*\n {2}Sent, and not known whether it arrived:\n {4}~ .*Order → Pay\n {2}Not done:\n {4}\+ .*\/b\n/,
    )
    assert.equal(second.code, 0, second.stderr)
    assert.match(second.stdout, /Applied: 1 created, 0 updated, 0 deleted/)
    assert.deepEqual(await project.has(), { [A]: PAY, [B]: EAT })
  })

  test('by a refusal ends with the code of the refusal', async (context) => {
    const gateway = await startGateway(context, server.url, async ({ write }): Promise<Judgement> => {
      // Somebody else takes the room meanwhile.
      if (write === 1) for (const name of ['x', 'y', 'z']) await project.give(`https://example.com/${name}`, ORDER)
      return 'pass'
    })
    const project = await makeProject(context, server, { url: gateway.url })
    await project.write({ [A]: ORDER, [B]: PAY })

    const { code, stderr } = await project.run(['apply', '--auto-approve'])

    assert.equal(code, EXIT_CONFLICT)
    assert.match(
      stderr,
      /^clipflight: Only 3 .*\n {2}0 of 2 changes were made: .*\n {2}Refused:\n {4}\+ .*\/a\n {2}Not done:\n {4}\+ .*\/b\n[^]*Apply again/,
    )
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`by ${signal} finishes the request under way, and says what was done`, async (context) => {
      const gateway = await startGateway(context, server.url, ({ write }) => (write === 2 ? 'hold' : 'pass'))
      const project = await makeProject(context, server, { url: gateway.url })
      await project.write(THREE)
      const child = spawn(process.execPath, [COMMAND, 'apply', '--auto-approve'], {
        cwd: project.user.folder,
        env: { ...project.user.environment, ...variablesFor(gateway.url, server.key) },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      context.after(() => child.kill('SIGKILL'))
      let stderr = ''
      const saidSo = new Promise<void>((resolve) => {
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          stderr += text
          if (text.includes('Stopping behind the request')) resolve()
        })
      })

      await gateway.held
      child.kill(signal)
      await saidSo
      gateway.release()
      const [code] = await once(child, 'close')

      assert.equal(code, signal === 'SIGINT' ? EXIT_INTERRUPTED : 143, stderr)
      assert.match(stderr, new RegExp(`Stopped by ${signal}\\n {2}2 of 3 changes were made: 2 created`))
      assert.match(stderr, /Not done:\n {4}\+ https:\/\/example\.com\/c\n {2}Apply again/)
      assert.deepEqual(await project.has(), { [A]: ORDER, [B]: PAY })
    })
  }

  test('by Ctrl-C twice cancels the request under way', async (context) => {
    const gateway = await startGateway(context, server.url, ({ write }) => (write === 1 ? 'hold' : 'pass'))
    const project = await makeProject(context, server, { url: gateway.url })
    await project.give(A, ORDER)
    await project.write({ [A]: PAY, [B]: EAT })
    const terminal = project.terminal(['apply', '--auto-approve'])

    await gateway.held
    terminal.type('\u0003')
    await terminal.shows(/Stopping behind the request that is under way\. Again: cancel it\./)
    const again = setInterval(() => terminal.type('\u0003'), 100)
    const { code, screen } = await terminal.ended
    clearInterval(again)

    assert.equal(code, EXIT_INTERRUPTED, screen)
    assert.match(screen, /0 of 2 changes were made[^]*Sent, and not known whether it arrived/)
  })
})

describe('copy', () => {
  test('carries invocations over to another build, and a second time changes nothing', async (context) => {
    const gateway = await startGateway(context, server.url)
    const project = await makeProject(context, server, { url: gateway.url, number: '41' })
    const { app, version } = project.build
    const next = await makeBuild(server.storage, server.team.number, { app, version, number: '42' })
    await project.give(A, { 'en-US': 'Order', ja: '注文' })
    await project.give(B, PAY)
    const args = ['copy', '--app', project.bundleId, '--from', '41', '--to', '42', '--auto-approve']

    const first = await project.run(args)
    const count = gateway.requests.length
    const second = await project.run(args)

    assert.equal(first.code, 0, first.stderr)
    assert.equal(count, 4 + 2)
    assert.deepEqual(await project.has(next.clipBundle), await project.has())
    assert.match(second.stdout, /No changes/)
  })

  test('where nobody can be asked wants a yes, and names nothing that it does not take', async (context) => {
    const project = await makeProject(context, server, { number: '41' })

    const { code, stderr } = await project.run(['copy', '--app', project.bundleId, '--from', '41'])

    assert.equal(code, EXIT_USAGE)
    assert.match(stderr, /whether to copy\n {2}Say so with --auto-approve\.\n$/)
  })

  test('of nothing, and onto itself, is an error', async (context) => {
    const project = await makeProject(context, server, { number: '41' })
    const copy = ['copy', '--app', project.bundleId, '--from', '41', '--auto-approve']

    const nothing = await project.run(copy)
    await project.give(A)
    const itself = await project.run(copy)

    assert.equal(nothing.code, 4)
    assert.match(nothing.stderr, /has no invocations to copy in build 1\.4 \(41\)/)
    assert.equal(itself.code, EXIT_USAGE)
    assert.match(itself.stderr, /one and the same build 1\.4 \(41\)/)
  })
})
