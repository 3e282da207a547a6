import { correction, generate } from 'lean-qr/nano'
import { toSvgPath } from 'lean-qr/extras/svg'
import { useMemo } from 'react'

/** Light modules around the code, without which many cameras do not find it. */
const QUIET_ZONE = 4

/** What a module takes at least to be read from paper at arm's length, in rem. */
const REM_PER_MODULE = 0.22
const SMALLEST = 10

export interface QrCodeProps {
  readonly text: string
  /** What scanning it leads to. */
  readonly label: string
}

/** A QR code that grows with what it says, as far as there is room. Dark on light in every theme. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, path } = useMemo(() => {
    const code = generate(text, { minCorrectionLevel: correction.M })
    return { size: code.size + 2 * QUIET_ZONE, path: toSvgPath(code) }
  }, [text])
  return (
    <svg
      className="qr-code"
      role="img"
      aria-label={label}
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${size} ${size}`}
      style={{ width: `${Math.max(SMALLEST, size * REM_PER_MODULE)}rem` }}
      shapeRendering="crispEdges"
    >
      <rect x={-QUIET_ZONE} y={-QUIET_ZONE} width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
