import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { environmentOf, startService, type Service } from '../harness/service.ts'
import { printed, run } from '../harness/run-program.ts'
import { rounded } from '../harness/statistics.ts'
import type { Measured, Row } from '../harness/row.ts'

const MB = 1024 * 1024
const COLLECTING = ['--expose-gc']

interface Crowd {
  readonly lagMs: number
  readonly grewBytes: number
  readonly created: number
  readonly accounted: number
}

/** Answers every request with 200 and a body without end, as fast as it is taken. */
async function startEndlessService(): Promise<Pick<Service, 'url' | 'close'>> {
  const piece = Buffer.alloc(64 * 1024, 'a')
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000000000000\r\n\r\n',
      )
      const pour = (): void => {
        while (!socket.destroyed && socket.write(piece));
      }
      socket.on('drain', pour)
      pour()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => void server.close(),
  }
}

async function crowd(nodeOptions: readonly string[] = []): Promise<Measured> {
  const service = await startService()
  const env = environmentOf(service)
  const withSdk = printed<Crowd>(await run('concurrent-wraps', env, [...COLLECTING, ...nodeOptions]))
  const bare = printed<Crowd>(await run('concurrent-wraps', { ...env, BARE: '1' }, COLLECTING))
  await service.close()
  const grewMb = (withSdk.grewBytes - bare.grewBytes) / MB
  const { lagMs, created, accounted } = withSdk
  return {
    value: `${rounded(lagMs)} ms lag, +${rounded(grewMb)} MB, ${service.mostOpen} sockets, ${created - accounted} pings unaccounted for`,
    met: lagMs <= 100 && grewMb <= 60 && service.mostOpen <= 4 && created === accounted,
    numbers: { lagMs, grewMb, sockets: service.mostOpen, unaccounted: created - accounted },
  }
}

export const MEMORY: readonly Row[] = [
  {
    id: 'N17',
    what: 'memory taken by an answer without end, and by twenty of them',
    goal: '≤ 5 MB for one',
    measure: async () => {
      const service = await startEndlessService()
      const env = { CRONTIFY_BASE_URL: service.url, CRONTIFY_API_KEY: 'ck_live_benchmark0123456789' }
      const grew = printed<{ one: number; twenty: number }>(await run('endless-answer', env, COLLECTING))
      await service.close()
      const [one, twenty] = [grew.one / MB, grew.twenty / MB]
      return {
        value: `${rounded(one)} MB, ${rounded(twenty)} MB`,
        met: one <= 5,
        numbers: { oneMb: one, twentyMb: twenty },
      }
    },
  },
  {
    id: 'N18',
    what: '10,000 runs at once, above the same jobs without a monitor',
    goal: '≤ 100 ms lag, ≤ +60 MB, ≤ 4 sockets',
    measure: () => crowd(),
  },
]
