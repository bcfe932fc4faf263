import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'

/** What a server says of itself. */
export interface Usage {
  readonly cpuSeconds: number
  /** Bytes, after a collection of garbage. */
  readonly heapUsed: number
  readonly rss: number
}

/** A server in a process of its own that can be sent pings. */
export interface LoadedServer {
  ping(count: number): Promise<void>
  usage(): Promise<Usage>
  close(): void
}

const AT_ONCE = 32
const BODY = JSON.stringify({ meta: { records_processed: 1_523 } })

export async function startLoadedServer(kind: 'mock' | 'bare'): Promise<LoadedServer> {
  const program = fileURLToPath(new URL('programs/mock-server-side.js', import.meta.url))
  const child = fork(program, [kind], { execArgv: ['--expose-gc'] })
  const { url, apiKey } = await nextMessage<{ url: string; apiKey: string }>(child)
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const send = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = {
        'X-API-Key': apiKey,
        'Content-Type': 'application/json',
        'Content-Length': BODY.length,
      }
      const sent = request(`${url}/api/v1/ping/job/success`, { method: 'POST', agent, headers }, (answer) => {
        if (answer.statusCode !== 200)
          reject(new Error(`A ping was answered with ${answer.statusCode ?? ''}`))
        answer.resume().on('end', resolve)
      })
      sent.on('error', reject).end(BODY)
    })
  return {
    async ping(count) {
      let left = count
      const lane = async (): Promise<void> => {
        while (left-- > 0) await send()
      }
      await Promise.all(Array.from({ length: AT_ONCE }, lane))
    },
    usage() {
      child.send('usage')
      return nextMessage<Usage>(child)
    },
    close() {
      agent.destroy()
      child.disconnect()
    },
  }
}

async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const [message] = (await once(child, 'message')) as [Message]
  return message
}
