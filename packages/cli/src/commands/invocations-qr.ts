import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { codeOf, failed, wrongUsage } from '../command-error.ts'
import { addExamples } from './options.ts'

/** TestFlight launches beta invocations from its own list only. https://developer.apple.com/documentation/appclip/testing-the-launch-experience-of-your-app-clip */
const WHAT_IT_IS_FOR =
  'For a local experience (Settings, Developer, Local Experiences) or the released App Clip. TestFlight launches beta invocations from its own list only: scanning this does not start them.'

/** Of the largest code, at the level of correction that is drawn (ISO/IEC 18004, version 40, M). */
const MAX_BYTES = 2331

/** The verb `invocations qr`, which talks to no service. */
export function addQr(invocations: Command): void {
  const qr = invocations
    .command('qr')
    .summary('draw a QR code of a URL')
    .description(`Draw the QR code of a URL in the terminal, or write it to a file. ${WHAT_IT_IS_FOR}`)
    .argument('<url>', 'the URL of an invocation')
    .option('--out <file>', 'write an .svg or .png file instead')
    .action(async (url: string, { out }: { readonly out?: string }) => {
      if (URL.parse(url)?.protocol !== 'https:') throw wrongUsage(`'${url}' is not an https URL, as invocations have`)
      if (Buffer.byteLength(url) > MAX_BYTES)
        throw wrongUsage(`The URL is too long for a QR code, which holds ${MAX_BYTES} bytes`)
      if (out === undefined) await drawQr(url)
      else await writeQr(out, url)
      process.stderr.write(`${out === undefined ? url : `Wrote ${out}: ${url}`}\n${WHAT_IT_IS_FOR}\n`)
    })
  addExamples(
    qr,
    ['invocations qr https://example.com/order', 'in the terminal'],
    ['invocations qr https://example.com/order --out order.svg', 'for print'],
  )
}

async function drawQr(url: string): Promise<void> {
  const [{ drawQrText }, { hasColor }] = await Promise.all([
    import('../print/qr.ts'),
    import('../terminal/has-color.ts'),
  ])
  process.stdout.write(drawQrText(url, hasColor(process.stdout)))
}

async function writeQr(path: string, url: string): Promise<void> {
  const form = /\.(svg|png)$/i.exec(path)?.[1]?.toLowerCase()
  if (form !== 'svg' && form !== 'png') throw wrongUsage(`--out must end in .svg or .png, and is '${path}'`)
  const { drawQrPicture } = await import('../print/qr.ts')
  try {
    await writeFile(path, drawQrPicture(url, form))
  } catch (error) {
    throw failed(`${path} cannot be written (${codeOf(error)})`)
  }
}
