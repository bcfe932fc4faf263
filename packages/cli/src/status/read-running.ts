import { request } from 'node:http'
import { isLoopbackHost } from '@crontify/protocol'
import { UsageError } from '../command-line/command-spec.ts'
import { SnapshotError, type Snapshot } from './snapshot.ts'

const TIMEOUT_MS = 5_000
const MAX_BYTES = 64 * 1024 * 1024

/**
 * Reads a running `crontify dev`. Its page holds the token of the control API for programs on this machine.
 *
 * @throws {SnapshotError} if no local Crontify answers there.
 */
export async function readRunning(address: string): Promise<Snapshot> {
  if (!URL.canParse(address))
    throw new UsageError(`--url must be a URL such as http://127.0.0.1:4747, got "${address}"`)
  const url = new URL(address)
  if (url.protocol !== 'http:' || !isLoopbackHost(url.hostname)) {
    throw new UsageError(`--url must be a local Crontify on this machine, got "${address}"`)
  }
  const page = await get(new URL('/', url), undefined)
  const [, token] = /<meta name="control-token" content="([^"]+)">/.exec(page) ?? []
  if (token === undefined)
    throw new SnapshotError(`${url.origin} is not a local Crontify, or does not share its data`)
  const read = async (path: string): Promise<unknown> => {
    const text = await get(new URL(`/__control/${path}`, url), token)
    return (JSON.parse(text) as { readonly data: unknown }).data
  }
  const [clock, monitors, alerts, notifications] = (await Promise.all(
    ['clock', 'monitors', 'alerts', 'notifications'].map(read),
  )) as [
    { now: string },
    Pick<Snapshot, 'monitors'>,
    Pick<Snapshot, 'alerts'>,
    Pick<Snapshot, 'notifications'>,
  ]
  return {
    at: clock.now,
    ...monitors,
    ...alerts,
    ...notifications,
    runs: async (id) => {
      const { runs } = (await read(`monitors/${id}/runs`)) as {
        readonly runs: Awaited<ReturnType<Snapshot['runs']>>
      }
      return runs
    },
  }
}

function get(url: URL, token: string | undefined): Promise<string> {
  const failed = (reason: string): SnapshotError =>
    new SnapshotError(
      `No local Crontify answers at ${url.origin} (${reason}). Start crontify dev, or pass --url or --data-file`,
    )
  return new Promise((resolve, reject) => {
    const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` }
    const outgoing = request(url, { headers, timeout: TIMEOUT_MS, agent: false }, (reply) => {
      const chunks: Buffer[] = []
      let bytes = 0
      reply.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > MAX_BYTES) outgoing.destroy(new Error('the answer is too large'))
        chunks.push(chunk)
      })
      reply.on('end', () => {
        if (reply.statusCode === 200) resolve(Buffer.concat(chunks).toString())
        else reject(failed(`HTTP ${reply.statusCode ?? 'without a status'}`))
      })
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')))
    outgoing.on('error', (error: NodeJS.ErrnoException) => reject(failed(error.code ?? error.message)))
    outgoing.end()
  })
}
