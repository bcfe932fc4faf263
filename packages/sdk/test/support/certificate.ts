import { generateKeyPairSync, sign } from 'node:crypto'

/** A private key and its certificate, in PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/**
 * Makes a certificate for 127.0.0.1 that nobody but its own key has signed.
 *
 * Put together by hand, because Node can read certificates but not make them, and a test should not need a tool
 * of the machine for it.
 */
export function createCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(objectId(0x55, 0x04, 0x03), tagged(0x0c, Buffer.from('localhost')))))
  const signedWith = sequence(objectId(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))
  const loopback = sequence(tagged(0x87, Buffer.from([127, 0, 0, 1])))
  const alternativeName = sequence(objectId(0x55, 0x1d, 0x11), tagged(0x04, loopback))
  const content = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.from([1])),
    signedWith,
    name,
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(alternativeName)),
  )
  const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', content, privateKey)]))
  const der = sequence(content, signedWith, signature)
  const lines = der.toString('base64').replace(/(.{64})/g, '$1\n')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}

/** One element in the distinguished encoding (X.690): tag, length, content. */
function tagged(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat(content)
  const length =
    bytes.length < 0x80
      ? [bytes.length]
      : bytes.length < 0x100
        ? [0x81, bytes.length]
        : [0x82, bytes.length >> 8, bytes.length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), bytes])
}

const sequence = (...content: readonly Uint8Array[]): Buffer => tagged(0x30, ...content)
const set = (...content: readonly Uint8Array[]): Buffer => tagged(0x31, ...content)
const objectId = (...bytes: readonly number[]): Buffer => tagged(0x06, Buffer.from(bytes))
const utcTime = (text: string): Buffer => tagged(0x17, Buffer.from(text))
