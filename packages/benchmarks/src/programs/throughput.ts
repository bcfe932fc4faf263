import { CrontifyMonitor } from '@crontify/sdk'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { Client } from 'undici'
import { print } from './print.ts'

/** Pings through the whole SDK, and requests of a bare client with a connection for each and as many at once. */
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
const bare = (lane: number): Promise<string> =>
  new Promise((resolve, reject) => {
    request(`${url}/api/v1/ping/job-${lane}/success`, {
      method: 'POST',
      agent: false,
      headers: { 'x-api-key': 'ck_live_benchmark0123456789' },
    })
      .on('response', (response) => resolve(text(response)))
      .on('error', reject)
      .end()
  })
const undici = async (lane: number): Promise<void> => {
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
await inParallel(undici)
const sdkMs: number[] = []
const bareMs: number[] = []
const undiciMs: number[] = []
for (let round = 0; round < 5; round++) {
  bareMs.push(await inParallel(bare))
  sdkMs.push(await inParallel(bySdk))
  undiciMs.push(await inParallel(undici))
}
print({ sdkMs, bareMs, undiciMs })
process.exit(0)
