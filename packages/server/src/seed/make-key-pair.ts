import { generateKeyPairSync } from 'node:crypto'

/** A new key as Apple's are: P-256, its halves in PEM (SPKI and PKCS#8). */
export function makeKeyPair(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}
