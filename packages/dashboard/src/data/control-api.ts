/** What the server said no with. */
export class Refused extends Error {
  readonly statusCode: number
  constructor(statusCode: number, message: string) {
    super(message)
    this.statusCode = statusCode
  }
}

const PREFIX = '/__control'
const STORED_AS = 'crontify-control-token'

/** The token that lets this page steer the server: in the page itself, or in the link that the server printed. */
export function findToken(page: Document, storage: Storage, location: Location): string | undefined {
  const inLink = /^#token=([\w-]+)$/.exec(location.hash)?.[1]
  if (inLink !== undefined) {
    storage.setItem(STORED_AS, inLink)
    location.hash = '#/'
  }
  const inPage = page.querySelector<HTMLMetaElement>('meta[name="control-token"]')?.content
  return inPage ?? inLink ?? storage.getItem(STORED_AS) ?? undefined
}

/** Talks to the control API of the server that this page came from. */
export interface ControlApi {
  /** @throws {Refused} when the server says no, `TypeError` when it cannot be reached. */
  call<Data>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Data>
  /** The stream of changes; rejects when it cannot be had. */
  changes(signal: AbortSignal): Promise<ReadableStream<Uint8Array>>
}

export function createControlApi(token: string, send: typeof fetch): ControlApi {
  const headers = { Authorization: `Bearer ${token}` }
  return {
    async call(method, path, body) {
      const answer = await send(`${PREFIX}${path}`, {
        method,
        headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const told = (await answer.json()) as { data: never; error?: { message: string } }
      if (!answer.ok) throw new Refused(answer.status, told.error?.message ?? `HTTP ${answer.status}`)
      return told.data
    },
    async changes(signal) {
      const answer = await send(`${PREFIX}/changes`, { headers, signal })
      if (!answer.ok || answer.body === null) throw new Refused(answer.status, `HTTP ${answer.status}`)
      return answer.body
    },
  }
}
