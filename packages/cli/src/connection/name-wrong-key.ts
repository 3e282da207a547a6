/** What a text is that was taken for a key, and what to do with it where there is something. */
export interface WrongKey {
  /** Behind the name of its file or variable. */
  readonly what: string
  readonly advice?: string
}

/** By what gives it away. The first that fits is taken. */
const WRONG_KEYS: readonly (readonly [RegExp, string, string?])[] = [
  [/^\s*$/, 'is empty'],
  // As UTF-16, which PowerShell writes, and DER, which openssl does.
  [/\0|\uFFFD/, 'is no text in UTF-8, and holds no private key that can be read'],
  [
    /BEGIN EC PRIVATE KEY/,
    'holds a private key in the SEC 1 format, and not in PKCS#8, as App Store Connect hands it out',
    'Convert it: openssl pkcs8 -topk8 -nocrypt -in KEY -out AuthKey_<KEY ID>.p8',
  ],
  [
    /BEGIN ENCRYPTED PRIVATE KEY/,
    'holds a private key that is encrypted',
    'Decrypt it: openssl pkcs8 -in KEY -out AuthKey_<KEY ID>.p8',
  ],
  [/BEGIN RSA PRIVATE KEY/, 'holds an RSA key, and those of App Store Connect are on the curve P-256'],
  [/BEGIN OPENSSH PRIVATE KEY/, 'holds a key for SSH, and no private key of App Store Connect'],
  [/BEGIN PRIVATE KEY/, 'holds a private key that is damaged, or not all of it'],
  [/BEGIN (?:NEW )?CERTIFICATE REQUEST/, 'holds a request for a certificate, and no private key'],
  [/BEGIN CERTIFICATE/, 'holds a certificate, and no private key'],
  [/BEGIN (?:RSA )?PUBLIC KEY/, 'holds a public key, and no private key'],
  [/^\s*LS0tLS1CRUdJTi/, 'holds base64, and not the text of a key', 'Decode it: base64 -d < KEY > AuthKey_<KEY ID>.p8'],
  [/^\s*\{/, 'holds JSON without a private key in it', "A file in fastlane's JSON is named with --api-key."],
]

/** Nothing of the text is in what it says. */
export function nameWrongKey(text: string): WrongKey {
  const [, what, advice] = WRONG_KEYS.find(([pattern]) => pattern.test(text)) ?? []
  return { what: what ?? 'holds no private key (PKCS#8, PEM)', ...(advice === undefined ? {} : { advice }) }
}
