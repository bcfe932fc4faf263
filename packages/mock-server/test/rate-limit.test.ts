import { expect, it } from 'vitest'
import { ping, startServer } from './server.ts'

const monitors = [{ id: 'job' }]

// [D KEYS] for the number; the answer is [I]
it('takes 120 pings a minute and key, and says of the next one when to come back', async () => {
  const server = await startServer({ monitors, apiKeys: ['ck_live_one', 'ck_live_two'] })
  for (let count = 0; count < 120; count += 1) {
    expect((await ping(server, 'job', 'success')).status).toBe(200)
  }

  const refused = await ping(server, 'job', 'success')
  const otherKey = await fetch(`${server.url}/api/v1/ping/job/success`, {
    method: 'POST',
    headers: { 'X-API-Key': 'ck_live_two' },
  })

  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
  expect(await refused.json()).toMatchObject({ success: false, error: { statusCode: 429 } })
  expect(otherKey.status).toBe(200)
  expect(server.pings()).toHaveLength(121)
  server.assertNoUnexpectedRequests()
})

it('goes by the clock of the server', async () => {
  const server = await startServer({ monitors, rateLimitPerMinute: 1 })
  await ping(server, 'job', 'success')
  await server.advance('59s')
  expect((await ping(server, 'job', 'success')).headers.get('retry-after')).toBe('1')

  await server.advance('1s')

  expect((await ping(server, 'job', 'success')).status).toBe(200)
})

it('does not count what it refuses for another reason', async () => {
  const server = await startServer({ monitors, rateLimitPerMinute: 1 })
  await ping(server, 'nobody', 'success')
  expect((await ping(server, 'job', 'success')).status).toBe(200)
})

it('can be without a limit, and begins anew on reset', async () => {
  const unlimited = await startServer({ monitors, rateLimitPerMinute: Infinity })
  for (let count = 0; count < 130; count += 1) await ping(unlimited, 'job', 'success')
  const limited = await startServer({ monitors, rateLimitPerMinute: 1 })
  await ping(limited, 'job', 'success')

  limited.reset()

  expect(unlimited.pings()).toHaveLength(130)
  expect((await ping(limited, 'job', 'success')).status).toBe(200)
})
