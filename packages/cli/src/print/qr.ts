import { correction, generate, type Bitmap2D } from 'lean-qr'
import { toPngBuffer } from 'lean-qr/extras/node_export'
import { toSvgSource } from 'lean-qr/extras/svg'

/** Light modules around the code, without which many cameras do not find it. */
const QUIET_ZONE = 4
const PIXELS_PER_MODULE = 8
const BLACK = [0, 0, 0] as const
const WHITE = [255, 255, 255] as const

type Form = 'svg' | 'png'

/** The QR code of a text as a picture: black on white. */
export function drawQrPicture(text: string, form: Form): string | Uint8Array {
  const code = encode(text)
  if (form === 'png') return toPngBuffer(code, { on: BLACK, off: WHITE, pad: QUIET_ZONE, scale: PIXELS_PER_MODULE })
  return `${toSvgSource(code, { on: 'black', off: 'white', pad: QUIET_ZONE, scale: PIXELS_PER_MODULE, xmlDeclaration: true })}\n`
}

/**
 * The QR code of a text in characters, two modules in each. With colours it is black on white whatever the terminal
 * has; without, the light modules are drawn, as they must be on a dark terminal.
 */
export function drawQrText(text: string, isColoured: boolean): string {
  const code = encode(text)
  const lines: string[] = []
  for (let y = -QUIET_ZONE; y < code.size + QUIET_ZONE; y += 2) {
    let line = ''
    for (let x = -QUIET_ZONE; x < code.size + QUIET_ZONE; x++)
      line += block(code.get(x, y), code.get(x, y + 1), isColoured)
    lines.push(isColoured ? `\u001B[30;107m${line}\u001B[0m` : line)
  }
  return `${lines.join('\n')}\n`
}

/** What is drawn is dark on a white background, or light on none. */
function block(upper: boolean, lower: boolean, isDarkDrawn: boolean): string {
  const [top, bottom] = isDarkDrawn ? [upper, lower] : [!upper, !lower]
  if (top) return bottom ? '█' : '▀'
  return bottom ? '▄' : ' '
}

function encode(text: string): Bitmap2D {
  return generate(text, { minCorrectionLevel: correction.M })
}
