import { connect } from 'node:tls'
import type { Diagnosis, Destination } from '../diagnosis.ts'

const TIMEOUT_MS = 5_000
const DAY_MS = 86_400_000
const SOON_DAYS = 14

/** What a TLS handshake ended with. */
export type Handshake =
  { readonly type: 'trusted'; readonly validTo: string } | { readonly type: 'failed'; readonly code: string }

export function shakeHands({ host, port }: Destination): Promise<Handshake> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, servername: host, timeout: TIMEOUT_MS })
    const end = (handshake: Handshake): void => {
      socket.destroy()
      resolve(handshake)
    }
    socket.once('secureConnect', () =>
      end({ type: 'trusted', validTo: socket.getPeerCertificate().valid_to }),
    )
    socket.once('timeout', () => end({ type: 'failed', code: 'timeout' }))
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end({ type: 'failed', code: error.code ?? error.message }),
    )
  })
}

export function judgeHandshake(handshake: Handshake, now: number): Diagnosis {
  if (handshake.type === 'failed') {
    return {
      about: 'TLS',
      level: 'problem',
      says: `no trusted connection (${handshake.code})`,
      fix: 'if a company proxy inspects TLS, set NODE_EXTRA_CA_CERTS to its certificate; else check the clock of this machine',
    }
  }
  const days = Math.floor((Date.parse(handshake.validTo) - now) / DAY_MS)
  if (days >= SOON_DAYS)
    return { about: 'TLS', level: 'ok', says: `the certificate is trusted and valid for ${days} days` }
  return {
    about: 'TLS',
    level: 'warning',
    says: `the certificate expires in ${days} days`,
    fix: 'tell the operator of that server',
  }
}
