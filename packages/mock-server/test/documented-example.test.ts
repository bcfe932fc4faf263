import { createMockServer } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'

// [D MON, the example]
it('alerts at 09:05 for a job of 09:00 with a grace period of 300 s', async () => {
  const server = await createMockServer({
    monitors: [{ id: 'morning-report', schedule: '0 9 * * *', graceSeconds: 300 }],
    clock: 'virtual',
    startAt: '2026-01-05T09:00:00Z',
  })
  onTestFinished(() => server.close())

  await fetch(`${server.url}/api/v1/ping/morning-report/success`, {
    method: 'POST',
    headers: { 'X-API-Key': server.apiKey },
  })
  await server.advance('26h')

  expect(server.alerts()).toMatchObject([
    { type: 'missed', monitorId: 'morning-report', at: '2026-01-06T09:05:00.000Z' },
  ])
})
