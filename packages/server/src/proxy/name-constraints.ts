import type { X509Certificate } from 'node:crypto'

/** One value of a certificate as it is written (X.690): its tag, all its bytes, and those behind its length. */
interface Element {
  readonly tag: number
  readonly whole: Buffer
  readonly content: Buffer
}

const SEQUENCE = 0x30
const OCTET_STRING = 0x04
/** The extensions of a certificate (RFC 5280, 4.1). */
const EXTENSIONS = 0xa3
const PERMITTED = 0xa0
const EXCLUDED = 0xa1
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87

/** 2.5.29.30, as RFC 5280 numbers the extension in 4.2.1.10. */
const NAME_CONSTRAINTS = Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x1e])
const TRUE = Buffer.from([0x01, 0x01, 0xff])
/** Address and mask: every one there is. */
const EVERY_IPV4 = Buffer.alloc(8)
const EVERY_IPV6 = Buffer.alloc(32)

/**
 * Whether an authority can vouch for that host and no other, as `make-certificates.ts` writes it. Read here by hand, as
 * Node shows no such extension, and what wrote it takes 200 ms to load.
 */
export function isOnlyFor(host: string, { raw }: X509Certificate): boolean {
  const [certificate] = elementsOf(raw)
  const [signed] = elementsOf(certificate?.content)
  const extensions = elementsOf(signed?.content).find(({ tag }) => tag === EXTENSIONS)
  const [list] = elementsOf(extensions?.content)
  const found = elementsOf(list?.content).filter(({ content }) =>
    content.subarray(0, NAME_CONSTRAINTS.length).equals(NAME_CONSTRAINTS),
  )
  return found.length === 1 && found[0]?.whole.equals(constraintsFor(host)) === true
}

function constraintsFor(host: string): Buffer {
  const permitted = write(PERMITTED, write(SEQUENCE, write(DNS_NAME, Buffer.from(host, 'latin1'))))
  const excluded = write(
    EXCLUDED,
    ...[EVERY_IPV4, EVERY_IPV6].map((addresses) => write(SEQUENCE, write(IP_ADDRESS, addresses))),
  )
  return write(SEQUENCE, NAME_CONSTRAINTS, TRUE, write(OCTET_STRING, write(SEQUENCE, permitted, excluded)))
}

/** Of less than 128 bytes: a host and its surroundings come to 90. */
function write(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag, content.length]), content])
}

/** The elements that stand one behind the other; none from the first on that has no end. */
function elementsOf(bytes: Buffer = Buffer.alloc(0)): readonly Element[] {
  const elements: Element[] = []
  let begin = 0
  while (begin + 2 <= bytes.length) {
    const short = bytes.readUInt8(begin + 1)
    const more = short < 0x80 ? 0 : short & 0x7f
    if (more > 4 || begin + 2 + more > bytes.length) break
    const first = begin + 2 + more
    const end = first + (more === 0 ? short : bytes.readUIntBE(begin + 2, more))
    if (end > bytes.length) break
    elements.push({
      tag: bytes.readUInt8(begin),
      whole: bytes.subarray(begin, end),
      content: bytes.subarray(first, end),
    })
    begin = end
  }
  return elements
}
