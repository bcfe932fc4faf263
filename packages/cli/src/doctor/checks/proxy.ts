import type { Diagnosis } from '../diagnosis.ts'

/** A proxy that the environment names for a URL, as host and port. */
export interface NamedProxy {
  readonly variable: string
  readonly host: string
  readonly port: number
}

type Env = Readonly<Record<string, string | undefined>>

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/** The proxy through which a URL is asked for; `undefined` for none, `'unreadable'` where the variable makes no sense. */
export function proxyFor(url: URL, env: Env): NamedProxy | 'unreadable' | undefined {
  if (/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname) || isExcepted(url, env)) return undefined
  const names = url.protocol === 'https:' ? ['HTTPS_PROXY', 'https_proxy'] : ['HTTP_PROXY', 'http_proxy']
  const variable = names.find((name) => (env[name] ?? '') !== '')
  if (variable === undefined) return undefined
  const text = env[variable] ?? ''
  if (!URL.canParse(text)) return 'unreadable'
  const proxy = new URL(text)
  if (proxy.hostname === '') return 'unreadable'
  return { variable, host: proxy.hostname, port: Number(proxy.port) || (DEFAULT_PORTS[proxy.protocol] ?? 80) }
}

export function judgeProxy(proxy: ReturnType<typeof proxyFor>): Diagnosis {
  if (proxy === undefined) return { about: 'proxy', level: 'ok', says: 'none' }
  if (proxy === 'unreadable') {
    return {
      about: 'proxy',
      level: 'problem',
      says: 'the variable for the proxy holds no URL',
      fix: 'set it to something like http://proxy.internal:3128, or unset it',
    }
  }
  return { about: 'proxy', level: 'ok', says: `${proxy.host}:${proxy.port}, by ${proxy.variable}` }
}

function isExcepted({ hostname }: URL, env: Env): boolean {
  const exceptions = (env['NO_PROXY'] ?? env['no_proxy'] ?? '').split(/[\s,]+/).filter((name) => name !== '')
  return exceptions.some((name) => {
    const bare = name.replace(/^\*?\./, '').replace(/:\d+$/, '')
    return name === '*' || hostname === bare || hostname.endsWith(`.${bare}`)
  })
}
