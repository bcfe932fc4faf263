import { lookup } from 'node:dns/promises'
import type { Diagnosis } from '../diagnosis.ts'

/** The addresses of a host, or the code of the error. */
export async function lookUp(host: string): Promise<readonly string[] | string> {
  try {
    return (await lookup(host.replace(/^\[|\]$/g, ''), { all: true })).map(({ address }) => address)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}

export function judgeLookup(host: string, found: readonly string[] | string): Diagnosis {
  if (typeof found !== 'string') return { about: 'DNS', level: 'ok', says: `${host} is ${found.join(', ')}` }
  return {
    about: 'DNS',
    level: 'problem',
    says: `${host} cannot be resolved (${found})`,
    fix:
      found === 'ENOTFOUND'
        ? 'check the host of the base URL, and the DNS server of this machine'
        : 'check the DNS server of this machine (/etc/resolv.conf) and its network',
  }
}
