import { type LoadedServer, startLoadedServer } from '../harness/loaded-server.ts'
import type { Row } from '../harness/row.ts'

const WARM_UP = 5_000
const ROUND = 20_000
const ROUNDS = 3
const MANY = 1_000_000
const MEBIBYTE = 1_048_576

/** Pings for each second of the server's own processor time: what one core could take. */
async function pingsPerCpuSecond(server: LoadedServer): Promise<number> {
  const before = await server.usage()
  await server.ping(ROUND)
  const after = await server.usage()
  return ROUND / (after.cpuSeconds - before.cpuSeconds)
}

export const MOCK_SERVER: readonly Row[] = [
  {
    id: 'mock-pings',
    what: 'mock server: pings per second of one core, and the share of a bare node:http server',
    goal: '≥ 5,000',
    measure: async () => {
      const mock = await startLoadedServer('mock')
      const bare = await startLoadedServer('bare')
      await mock.ping(WARM_UP)
      await bare.ping(WARM_UP)
      const rates: { mock: number; bare: number }[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        rates.push({ mock: await pingsPerCpuSecond(mock), bare: await pingsPerCpuSecond(bare) })
      }
      mock.close()
      bare.close()
      const best = Math.round(Math.max(...rates.map((rate) => rate.mock)))
      const share = Math.max(...rates.map((rate) => rate.mock / rate.bare))
      return {
        value: `${best} (${share.toFixed(2)} of bare)`,
        met: best >= 5_000,
        numbers: { pingsPerSecond: best, shareOfBare: share },
      }
    },
  },
  {
    id: 'mock-memory',
    what: 'mock server: heap after 1,000,000 pings against the heap after the first 50,000',
    goal: '≤ 1.1',
    isLong: true,
    measure: async () => {
      const mock = await startLoadedServer('mock')
      await mock.ping(50_000)
      const early = await mock.usage()
      await mock.ping(MANY - 50_000)
      const late = await mock.usage()
      mock.close()
      const growth = late.heapUsed / early.heapUsed
      const mib = (bytes: number): string => (bytes / MEBIBYTE).toFixed(0)
      return {
        value: `${growth.toFixed(2)} (${mib(early.heapUsed)} → ${mib(late.heapUsed)} MiB)`,
        met: growth <= 1.1,
        numbers: { earlyBytes: early.heapUsed, lateBytes: late.heapUsed, lateRssBytes: late.rss },
      }
    },
  },
]
