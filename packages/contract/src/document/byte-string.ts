declare const ofBytes: unique symbol

/**
 * A text in UTF-8 with each of its bytes as a character, U+0000 to U+00FF (what WebIDL calls a ByteString). Documents are
 * put together of such: one title in Japanese would make the engine keep the whole of a document with two bytes a
 * character, count its bytes and encode it character by character before it is sent, a tenth of what a read takes
 * (measured). To be sent and kept as Latin-1.
 */
export type ByteString = string & { readonly [ofBytes]: true }

const BEYOND_ASCII = /[^\0-\x7f]/

/** More cannot be handed to a function as arguments everywhere. */
const BYTES_AT_ONCE = 8192

const encoder = new TextEncoder()

export function toByteString(text: string): ByteString {
  // Erasure: in ASCII, characters and bytes are the same; below, each character is made of a byte.
  if (!BEYOND_ASCII.test(text)) return text as ByteString
  const bytes = encoder.encode(text)
  let characters = ''
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
    characters += String.fromCharCode(...bytes.subarray(at, at + BYTES_AT_ONCE))
  }
  return characters as ByteString
}

/** At most so many bytes, from the start; the last of them may be in the middle of a character. */
export function firstBytes(bytes: ByteString, most: number): ByteString {
  // Erasure: a part of bytes is bytes.
  return bytes.slice(0, most) as ByteString
}
