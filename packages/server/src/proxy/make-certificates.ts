// oxlint-disable-next-line import/no-unassigned-import -- @peculiar/x509 asks for it, before it is loaded itself
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type X509Certificate,
} from '@peculiar/x509'

/** All as PEM. */
export interface Certificates {
  readonly authority: string
  readonly server: string
  readonly serverKey: string
}

/** An authority as long as its key is at hand. */
interface Signer {
  readonly certificate: X509Certificate
  readonly keys: webcrypto.CryptoKeyPair
}

/** Every client takes it, and it is made in a millisecond. */
const KEYS = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
/** Apple's platforms refuse server certificates that are good for more than 825 days, whoever signed them. */
const LIFETIME_DAYS = 820
/** Clocks of containers and virtual machines lag behind. */
const HEAD_START_DAYS = 1

const EVERY_ADDRESS = ['0.0.0.0/0', '::/0']

/**
 * A certificate for one host, signed by an authority that clients accept for that host only. The key of the authority is
 * forgotten: nobody can sign a second certificate with it.
 */
export async function makeCertificates(host: string, now: number): Promise<Certificates> {
  return signServer(await makeAuthority(host, now), host, now)
}

/** An authority for one host. */
export async function makeAuthority(host: string, now: number): Promise<Signer> {
  const keys = await makeKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validity(now),
    name: 'CN=Clipflight on this machine',
    keys,
    signingAlgorithm: KEYS,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      onlyFor(host),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate, keys }
}

/** A server's certificate, whether or not clients accept this authority for its host. */
export async function signServer(authority: Signer, host: string, now: number): Promise<Certificates> {
  const keys = await makeKeys()
  const server = await X509CertificateGenerator.create({
    ...validity(now),
    subject: `CN=${host}`,
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    signingAlgorithm: KEYS,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
      await AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  const serverKey = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    authority: `${authority.certificate.toString('pem')}\n`,
    server: `${server.toString('pem')}\n`,
    serverKey: `${PemConverter.encode(serverKey, 'PRIVATE KEY')}\n`,
  }
}

function validity(now: number): { readonly notBefore: Date; readonly notAfter: Date } {
  return {
    notBefore: new Date(now - HEAD_START_DAYS * DAY_MILLISECONDS),
    notAfter: new Date(now + LIFETIME_DAYS * DAY_MILLISECONDS),
  }
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify'])
}

/** Name constraints, critical: a client that does not understand them must not trust the authority at all. */
function onlyFor(host: string): Extension {
  const subtree = (name: Partial<GeneralName>) => new GeneralSubtree({ base: new GeneralName(name) })
  const constraints = new NameConstraints({
    permittedSubtrees: new GeneralSubtrees([subtree({ dNSName: host })]),
    excludedSubtrees: new GeneralSubtrees(EVERY_ADDRESS.map((iPAddress) => subtree({ iPAddress }))),
  })
  return new Extension(id_ce_nameConstraints, true, AsnConvert.serialize(constraints))
}
