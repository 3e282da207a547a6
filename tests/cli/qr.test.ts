import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { inflateSync } from 'node:zlib'
import decodeQr from 'qr/decode.js'
import { makeUser } from './command-line.ts'

const URL_OF_INVOCATION = 'https://coffee.example.com/order?shop=12&source=qr'
const PIXELS_PER_MODULE = 4

/** A picture by its modules, true where they are dark. */
type Modules = readonly (readonly boolean[])[]

/** What a camera reads. */
function scan(modules: Modules): string {
  const width = (modules[0]?.length ?? 0) * PIXELS_PER_MODULE
  const height = modules.length * PIXELS_PER_MODULE
  const data = new Uint8Array(width * height * 4).fill(255)
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)].map((each) => Math.floor(each / PIXELS_PER_MODULE))
    if (modules[y ?? 0]?.[x ?? 0] === true) data.fill(0, at * 4, at * 4 + 3)
  }
  return decodeQr({ width, height, data })
}

/** Two modules in each character; which of them are drawn, and whether these are the dark ones, depends on colours. */
function modulesOf(text: string, drawnAreDark: boolean): Modules {
  return text.split('\n').flatMap((line) => {
    const characters = [...line]
    return [
      characters.map((each) => '█▀'.includes(each) === drawnAreDark),
      characters.map((each) => '█▄'.includes(each) === drawnAreDark),
    ]
  })
}

describe('invocations qr', () => {
  test('draws what a camera reads, in black on white on a terminal', async (context) => {
    const user = await makeUser(context)

    const { code, screen } = await user.terminal(['invocations', 'qr', URL_OF_INVOCATION]).ended

    assert.equal(code, 0)
    const drawn = screen.split(/\r?\n/).filter((line) => line.includes('\u001B[30;107m'))
    assert.equal(scan(modulesOf(stripVTControlCharacters(drawn.join('\n')), true)), URL_OF_INVOCATION)
    assert.match(stripVTControlCharacters(screen), /TestFlight\s+launches beta invocations from its own list\s+only/)
  })

  test('draws without colours too', async (context) => {
    const { stdout } = await (await makeUser(context)).run(['invocations', 'qr', URL_OF_INVOCATION])

    assert.equal(scan(modulesOf(stdout.trimEnd(), false)), URL_OF_INVOCATION)
  })

  test('writes a PNG', async (context) => {
    const user = await makeUser(context)

    await user.run(['invocations', 'qr', URL_OF_INVOCATION, '--out', 'order.png'])

    const png = await readFile(join(user.folder, 'order.png'))
    assert.equal(png.toString('latin1', 1, 4), 'PNG')
    const width = png.readUInt32BE(16)
    const at = png.indexOf('IDAT')
    const pixels = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
    const rowBytes = pixels.length / width
    // One bit for each pixel, behind one byte for the filter of each row.
    const isSet = (x: number, y: number): boolean =>
      (((pixels[y * rowBytes + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1
    const range = Array.from({ length: width }, (_, index) => index)
    assert.equal(scan(range.map((y) => range.map((x) => isSet(x, y)))), URL_OF_INVOCATION)
  })

  test('writes an SVG', async (context) => {
    const user = await makeUser(context)

    const { stdout, stderr } = await user.run(['invocations', 'qr', URL_OF_INVOCATION, '--out', 'order.svg'])

    assert.match(await readFile(join(user.folder, 'order.svg'), 'utf8'), /^<\?xml .*<svg .*<path /s)
    assert.equal(stdout, '')
    assert.match(stderr, /^Wrote order\.svg: /)
  })

  test('refuses what no QR code holds', async (context) => {
    const user = await makeUser(context)
    const urlOf = (length: number): string => 'https://example.com/'.padEnd(length, 'a')

    const [most, more] = await Promise.all([
      user.run(['invocations', 'qr', urlOf(2331)]),
      user.run(['invocations', 'qr', urlOf(2332)]),
    ])

    assert.equal(most.code, 0, most.stderr)
    assert.equal(more.code, 2)
    assert.match(more.stderr, /^clipflight: The URL is too long for a QR code, which holds 2331 bytes\n/)
  })

  test('refuses what is no https URL, and files that it cannot write', async (context) => {
    const user = await makeUser(context)

    const noUrl = await user.run(['invocations', 'qr', 'order'])
    const noForm = await user.run(['invocations', 'qr', URL_OF_INVOCATION, '--out', 'order.gif'])
    const noFolder = await user.run(['invocations', 'qr', URL_OF_INVOCATION, '--out', 'nowhere/order.png'])

    assert.deepEqual([noUrl.code, noForm.code, noFolder.code], [2, 2, 1])
    assert.match(noFolder.stderr, /nowhere\/order\.png cannot be written \(ENOENT\)/)
  })
})
