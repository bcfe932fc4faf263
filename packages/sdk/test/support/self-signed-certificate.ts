import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate for `127.0.0.1` and `localhost` that nobody has signed but itself; both as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

const ECDSA_WITH_SHA256 = der(0x30, objectId('2a8648ce3d040302'))

/** What is said in a certificate; times as `YYMMDDhhmmssZ`, of this century. */
export interface CertificateFacts {
  readonly notBefore?: string
  readonly notAfter?: string
  /** False leaves only a name out of the reserved `.test` in it. */
  readonly isForLoopback?: boolean
}

/** Made anew for each test, so that no private key lies in the repository; Node can sign but not write X.509. */
export function selfSignedCertificate(facts: CertificateFacts = {}): Certificate {
  const { notBefore = '200101000000Z', notAfter = '491231235959Z', isForLoopback = true } = facts
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const name = der(0x30, der(0x31, der(0x30, objectId('550403'), der(0x0c, Buffer.from('crontify test')))))
  const addresses = isForLoopback
    ? der(0x30, der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))
    : der(0x30, der(0x82, Buffer.from('elsewhere.test')))
  const toSign = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    name,
    der(0x30, der(0x17, Buffer.from(notBefore)), der(0x17, Buffer.from(notAfter))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      der(
        0x30,
        der(0x30, objectId('551d11'), der(0x04, addresses)),
        der(0x30, objectId('551d13'), der(0x04, der(0x30, der(0x01, Buffer.from([0xff]))))),
      ),
    ),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toSign, privateKey))
  const certificate = der(0x30, toSign, ECDSA_WITH_SHA256, signature)
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  }
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

/** One element of DER: tag, length, content. (X.690) */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
