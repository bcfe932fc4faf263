import { pageHtml } from './page-html.ts'
import { isPageFileName, readPageFile, type PageFile, type PageFileName } from './page-files.ts'

/** Where the files of the page lie. */
const FILES_PREFIX = '/dashboard/'

/** Everything from this server, nothing inline, and no page around it. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

/** What the pages need of the server. */
export interface PageWorld {
  readonly controlToken: string
  /** False where other machines can open the page: then the token is in the link that the server printed, and not in the page. */
  readonly mayHoldToken: boolean
  /** The address of the module that runs the server. */
  readonly serverUrl: string
}

/** Answers requests for the dashboard; `undefined` for a path that is not one of its. */
export function createDashboardPages({
  controlToken,
  mayHoldToken,
  serverUrl,
}: PageWorld): (method: string, path: string) => Response | undefined {
  const read = new Map<PageFileName, PageFile>()

  function file(name: PageFileName): Response {
    const known = read.get(name) ?? readPageFile(name, serverUrl)
    if (known === undefined)
      return text(
        404,
        'text/plain; charset=utf-8',
        'The dashboard was not built: run the build of @crontify/mock-server',
      )
    read.set(name, known)
    return text(200, known.type, known.text)
  }

  return (method, path) => {
    if (method !== 'GET' && method !== 'HEAD') return undefined
    if (path === '/')
      return text(200, 'text/html; charset=utf-8', pageHtml(mayHoldToken ? controlToken : undefined))
    const name = path.startsWith(FILES_PREFIX) ? path.slice(FILES_PREFIX.length) : ''
    return isPageFileName(name) ? file(name) : undefined
  }
}

function text(status: number, type: string, body: string): Response {
  return new Response(body, { status, headers: { ...HEADERS, 'Content-Type': type } })
}
