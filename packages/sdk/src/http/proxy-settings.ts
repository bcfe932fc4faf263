import { isLoopbackHost } from '@crontify/protocol'
import { printable } from '../redaction/printable.ts'

/** A proxy that carries connections by CONNECT. */
export interface Proxy {
  /** How the proxy itself is spoken to. */
  readonly protocol: 'http:' | 'https:'
  /** Without brackets around an IPv6 address. */
  readonly hostname: string
  readonly port: number
  /** Host and port, for messages. */
  readonly host: string
  /** Value of the header that the proxy wants; a function, so that printing the proxy does not print a password. */
  readonly authorization: () => string | undefined
}

/** How a host is to be reached. */
export type ProxyChoice = {
  /** What was ignored, one sentence each. */
  readonly notes: readonly string[]
} & (
  | { readonly type: 'direct' }
  | { readonly type: 'proxy'; readonly proxy: Proxy; readonly from: string }
  /** Somebody wanted a proxy, and it cannot be told which. The text holds no password. */
  | { readonly type: 'wrong'; readonly problem: string; readonly from: string }
)

type Environment = Readonly<Record<string, string | undefined>>

/** Of a URL that names none. */
export const DEFAULT_PORT = { 'http:': 80, 'https:': 443 } as const

/**
 * Which proxy stands between us and an origin.
 *
 * Given in code, it applies to everything, also to this very machine; `false` is none. Otherwise the environment
 * decides, in the way that curl and Node read it: `https_proxy` or `http_proxy` by the scheme of the origin, else
 * `all_proxy`, each also in capitals, lower case first, with exceptions in `no_proxy`. This machine is then always
 * reached directly.
 *
 * @param option  A URL, a text, `false`, or `undefined` for the environment.
 */
export function chooseProxy(origin: string, option: unknown, env: Environment): ProxyChoice {
  if (option === false) return { type: 'direct', notes: [] }
  if (option !== undefined) return readProxy(option, 'the option proxy', [])
  const { protocol, hostname, port } = new URL(origin)
  const named = proxyVariable(protocol, env)
  if (named === undefined || isLoopbackHost(hostname)) return { type: 'direct', notes: [] }
  const exceptions = nonEmpty(env, ['no_proxy', 'NO_PROXY'])
  const { isException, notes } = readExceptions(
    exceptions?.value ?? '',
    hostname,
    Number(port) || (protocol === 'https:' ? DEFAULT_PORT['https:'] : DEFAULT_PORT['http:']),
  )
  return isException ? { type: 'direct', notes } : readProxy(named.value, named.name, notes)
}

function proxyVariable(protocol: string, env: Environment) {
  if (protocol === 'https:') return nonEmpty(env, ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'])
  // Under CGI, whoever sends a request with a header "Proxy" chooses HTTP_PROXY. (https://httpoxy.org)
  const isCgi = env['REQUEST_METHOD'] !== undefined
  return nonEmpty(env, ['http_proxy', ...(isCgi ? [] : ['HTTP_PROXY']), 'all_proxy', 'ALL_PROXY'])
}

function nonEmpty(env: Environment, names: readonly string[]) {
  for (const name of names) {
    const value = env[name]?.trim()
    if (value !== undefined && value !== '') return { name, value }
  }
  return undefined
}

function readProxy(value: unknown, from: string, notes: readonly string[]): ProxyChoice {
  const wrong = (problem: string): ProxyChoice => ({
    type: 'wrong',
    problem: `${from} ${problem}; it is like "http://proxy.example.com:3128"`,
    from,
    notes,
  })
  // Nothing of a text that cannot be taken apart is shown: the password may be anywhere in it.
  if (typeof value !== 'string' && !(value instanceof URL)) return wrong('is neither a text nor a URL')
  const given = String(value).trim()
  const text = given.includes('://') ? given : `http://${given}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.hostname === '') return wrong('is not a URL')
  const { protocol } = url
  if (protocol !== 'http:' && protocol !== 'https:') {
    return wrong(`has the scheme "${printable(protocol, 20)}", and only HTTP proxies are spoken to`)
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return wrong('has more than host and port')
  const authorization = authorizationOf(url)
  if (authorization === undefined) return wrong('has a user name or password with a stray "%" in it')
  const port = Number(url.port) || DEFAULT_PORT[protocol]
  const host = `${url.hostname}:${port}`
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  return {
    type: 'proxy',
    proxy: { protocol, hostname, port, host, authorization: () => authorization || undefined },
    from,
    notes,
  }
}

/** Empty where the URL names nobody; `undefined` where it cannot be decoded. */
function authorizationOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return ''
  try {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
    return `Basic ${Buffer.from(credentials).toString('base64')}`
  } catch {
    return undefined
  }
}

/** Separated by commas or spaces: `*`, a host, a domain with or without a dot in front, each maybe with a port. */
function readExceptions(text: string, hostname: string, port: number) {
  const notes: string[] = []
  let isException = false
  for (const entry of text.toLowerCase().split(/[\s,]+/)) {
    if (entry === '') continue
    if (entry.includes('/')) {
      notes.push(
        `The entry "${printable(entry, 40)}" of NO_PROXY is ignored: ranges of addresses are not understood, only hosts`,
      )
    } else if (isMatch(entry, hostname, port)) {
      isException = true
    }
  }
  return { isException, notes }
}

function isMatch(entry: string, hostname: string, port: number): boolean {
  if (entry === '*') return true
  const [, name = '', itsPort] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? []
  if (itsPort !== undefined && Number(itsPort) !== port) return false
  const domain = bare(name).replace(/^\*?\./, '')
  const host = bare(hostname)
  return host === domain || host.endsWith(`.${domain}`)
}

/** Without brackets, and without the dot that ends a full name. */
function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}
