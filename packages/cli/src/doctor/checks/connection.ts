import { connect } from 'node:net'
import type { Diagnosis, Destination } from '../diagnosis.ts'

const TIMEOUT_MS = 3_000

/** Connects and hangs up: `'open'`, `'timeout'` or the code of the error. */
export function tryConnection({ host, port }: Pick<Destination, 'host' | 'port'>): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port, timeout: TIMEOUT_MS })
    const end = (how: string): void => {
      socket.destroy()
      resolve(how)
    }
    socket.once('connect', () => end('open'))
    socket.once('timeout', () => end('timeout'))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'unknown'))
  })
}

export function judgeConnection({ host, port }: Pick<Destination, 'host' | 'port'>, how: string): Diagnosis {
  if (how === 'open') return { about: 'TCP', level: 'ok', says: `${host}:${port} accepts connections` }
  return {
    about: 'TCP',
    level: 'problem',
    says:
      how === 'timeout' ? `${host}:${port} does not answer` : `${host}:${port} cannot be reached (${how})`,
    fix:
      how === 'ECONNREFUSED'
        ? 'check the host and port of the base URL, and that a local Crontify is running'
        : 'check the firewall, or set HTTPS_PROXY',
  }
}
