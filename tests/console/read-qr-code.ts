import type { Locator } from 'playwright-core'
import decodeQr from 'qr/decode.js'

/** Of a side of the drawn code: several to a module. */
const PIXELS = 400

/** What a camera reads from a code that the page shows. */
export async function readQrCode(code: Locator): Promise<string> {
  const shades = await code.evaluate(async (svg, size) => {
    // A picture that stands alone says how large it is.
    const copy = svg.cloneNode(true)
    if (copy instanceof SVGElement) copy.setAttribute('width', String(size))
    const image = new Image(size, size)
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
    await image.decode()
    const context = new OffscreenCanvas(size, size).getContext('2d')
    context?.drawImage(image, 0, 0, size, size)
    const { data = [] } = context?.getImageData(0, 0, size, size) ?? {}
    // One digit for each pixel: nothing but black and white, and much shorter on its way than numbers.
    let text = ''
    for (let at = 0; at < data.length; at += 4) text += (data[at] ?? 0) < 128 ? '0' : '1'
    return text
  }, PIXELS)
  const rgb = Uint8Array.from({ length: 3 * shades.length }, (_, at) => (shades[Math.floor(at / 3)] === '0' ? 0 : 255))
  return decodeQr({ width: PIXELS, height: PIXELS, data: rgb })
}
