import { styleText } from 'node:util'
import { createPaint, type Paint } from '../print/paint.ts'

/** Whether a stream is to be coloured: on a terminal only, and as NO_COLOR and FORCE_COLOR say. */
export function hasColor(stream: NodeJS.WriteStream): boolean {
  // Node's own judgement of all this has no other name.
  return styleText('bold', 'x', { stream }) !== 'x'
}

export function paintFor(stream: NodeJS.WriteStream): Paint {
  return createPaint(hasColor(stream))
}
