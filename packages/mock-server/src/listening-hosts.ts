import { isLoopbackHost } from '@crontify/protocol'

/** A name or an address as it stands in a Host header, with a port or without. */
const HOST_NAME = /^(?:[a-z0-9](?:[a-z0-9._-]{0,252}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i
const MAX_HOSTS = 50

/** What is wrong with where a server shall listen, and with whom it shall let in. */
export function hostProblems(host: unknown, allowHosts: unknown): readonly string[] {
  const problems: string[] = []
  if (!Array.isArray(allowHosts) || allowHosts.length > MAX_HOSTS) {
    problems.push(`"allowHosts" is not a list of at most ${MAX_HOSTS} names`)
  } else {
    const wrong = allowHosts.findIndex((name) => typeof name !== 'string' || !HOST_NAME.test(name))
    if (wrong !== -1) {
      problems.push(`"allowHosts[${wrong}]" is not the name of a host, such as crontify or crontify:8080`)
    }
  }
  if (typeof host !== 'string' || host === '') {
    problems.push('"host" is not an address')
  } else if (!isLoopbackHost(host) && (!Array.isArray(allowHosts) || allowHosts.length === 0)) {
    problems.push(
      '"host" is not on this machine: without "allowHosts" this server listens on 127.0.0.1, localhost and ::1 only',
    )
  }
  return problems
}

/** What whoever opens a server to other machines should know; `undefined` where it is not open. */
export function exposureWarning(host: string): string | undefined {
  return isLoopbackHost(host)
    ? undefined
    : `The mock server listens on ${host}, beyond this machine: whoever reaches it and knows its key can ping, and it is not ` +
        'encrypted. It is made for tests; keep it inside of a network that you trust'
}

/** What this machine calls a server that listens there, for a URL: an address that stands for all of them is none to connect to. */
export function nameOfListener(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
