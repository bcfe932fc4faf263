import { API_PREFIX, DEFAULT_BASE_URL, isLoopbackHost } from '@crontify/protocol'
import { printable } from '../redaction/printable.ts'
import { kindOf } from '../kind-of.ts'
import { type ReadField } from './read-field.ts'

/** A base URL, taken apart. */
export interface BaseUrl {
  /** Scheme, host and port. */
  readonly origin: string
  readonly host: string
  /** What stands between the host and `/api/v1`, without a slash at its end; empty for most. */
  readonly pathPrefix: string
  /** True if it is this very machine. */
  readonly isLoopback: boolean
}

/** The default, which most programs use: reading it again would cost a third of what constructing a client does. */
const DEFAULT: BaseUrl = {
  origin: DEFAULT_BASE_URL,
  host: DEFAULT_BASE_URL.slice('https://'.length),
  pathPrefix: '',
  isLoopback: false,
}

/**
 * Checks a base URL: `https:`, or `http:` to this very machine, because the API key travels in a header.
 *
 * A path in front of `/api/v1` is kept; `/api/v1` itself and slashes at the end are taken off, with a note.
 */
export function readBaseUrl(value: unknown, allowInsecureHttp: boolean): ReadField<BaseUrl> {
  if (value === DEFAULT_BASE_URL) return { value: DEFAULT }
  if (typeof value !== 'string' && !(value instanceof URL)) return wrong(`baseUrl is ${kindOf(value)}`)
  const text = String(value)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !text.includes('://')) return wrong(`baseUrl "${shown(text)}" is not a URL`)
  const problem = urlProblem(url, text, allowInsecureHttp)
  if (problem !== undefined) return wrong(problem)
  const path = url.pathname.replace(/\/+$/, '')
  const pathPrefix = path.endsWith(API_PREFIX) ? path.slice(0, -API_PREFIX.length) : path
  const result: BaseUrl = {
    origin: url.origin,
    host: url.host,
    pathPrefix,
    isLoopback: isLoopbackHost(url.hostname),
  }
  if (pathPrefix === path) return { value: result }
  return { value: result, notes: [`baseUrl is given without ${API_PREFIX}, which is added to it`] }
}

function urlProblem(url: URL, text: string, allowInsecureHttp: boolean): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return `baseUrl has the scheme "${shown(url.protocol)}"`
  if (url.username !== '' || url.password !== '') return 'baseUrl holds a user name or a password'
  if (url.search !== '' || text.includes('?')) return 'baseUrl has a query'
  if (url.hash !== '' || text.includes('#')) return 'baseUrl has a fragment'
  if (/\/ping(?:\/|$)/.test(url.pathname)) return 'baseUrl goes on to a ping path'
  if (text.split('/').some((segment) => segment === '..' || segment === '.'))
    return 'baseUrl has "." or ".." in its path'
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname) && !allowInsecureHttp) {
    return `baseUrl "${shown(url.origin)}" would send the API key unencrypted to another machine; use https, or allowInsecureHttp`
  }
  return undefined
}

function wrong(problem: string): ReadField<never> {
  return { problem: `${problem}; it is like "https://api.crontify.com"`, code: 'ERR_BASE_URL' }
}

function shown(text: string): string {
  // Whatever stands before an @ may be a password.
  return printable(text.replace(/^[^@]*@/, '…@'), 40)
}
