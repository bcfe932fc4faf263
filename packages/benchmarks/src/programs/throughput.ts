import { CrontifyMonitor } from '@crontify/sdk'
import { Client } from 'undici'
import { print } from './print.ts'

/** Pings through the whole SDK, and requests of a bare undici with a connection for each and as many at once. */
const PINGS = 2_000
const AT_ONCE = 4
const url = process.env['CRONTIFY_BASE_URL'] ?? ''

async function inParallel(one: (lane: number) => Promise<unknown>): Promise<number> {
  const from = performance.now()
  let left = PINGS
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, lane) => {
      while (left-- > 0) await one(lane)
    }),
  )
  return performance.now() - from
}

const monitors = Array.from(
  { length: AT_ONCE },
  (_, lane) => new CrontifyMonitor({ monitorId: `job-${lane}` }),
)
const bySdk = (lane: number): Promise<unknown> => monitors[lane]?.success() ?? Promise.resolve()
const bare = async (lane: number): Promise<void> => {
  const client = new Client(url, { pipelining: 0 })
  const { body } = await client.request({
    path: `/api/v1/ping/job-${lane}/success`,
    method: 'POST',
    headers: { 'x-api-key': 'ck_live_benchmark0123456789' },
  })
  await body.text()
  await client.destroy()
}
await inParallel(bySdk)
await inParallel(bare)
const sdkMs: number[] = []
const bareMs: number[] = []
for (let round = 0; round < 5; round++) {
  bareMs.push(await inParallel(bare))
  sdkMs.push(await inParallel(bySdk))
}
print({ sdkMs, bareMs })
process.exit(0)
