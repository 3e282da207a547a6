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
} from '@peculiar/x509'

/** All as PEM. */
export interface Certificates {
  readonly authority: string
  readonly server: string
  readonly serverKey: string
}

/** Every client takes it, and it is made in a millisecond. */
const KEYS = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
/** Apple's platforms refuse server certificates that are good for longer, whoever signed them. */
const LIFETIME_DAYS = 820
/** Clocks of containers and virtual machines lag behind. */
const HEAD_START_DAYS = 1

const EVERY_ADDRESS = ['0.0.0.0/0', '::/0']

/**
 * A certificate for one host, signed by an authority that clients accept for that host only. The key of the authority is
 * forgotten: nobody can sign a second certificate with it.
 */
export async function makeCertificates(host: string, now: number): Promise<Certificates> {
  const [authorityKeys, serverKeys] = await Promise.all([makeKeys(), makeKeys()])
  const validity = {
    notBefore: new Date(now - HEAD_START_DAYS * DAY_MILLISECONDS),
    notAfter: new Date(now + LIFETIME_DAYS * DAY_MILLISECONDS),
  }
  const authority = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: 'CN=Clipflight on this machine',
    keys: authorityKeys,
    signingAlgorithm: KEYS,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      onlyFor(host),
      await SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  })
  const server = await X509CertificateGenerator.create({
    ...validity,
    subject: `CN=${host}`,
    issuer: authority.subject,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: KEYS,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
      await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
      await SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
    ],
  })
  const serverKey = await webcrypto.subtle.exportKey('pkcs8', serverKeys.privateKey)
  return {
    authority: `${authority.toString('pem')}\n`,
    server: `${server.toString('pem')}\n`,
    serverKey: `${PemConverter.encode(serverKey, 'PRIVATE KEY')}\n`,
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
