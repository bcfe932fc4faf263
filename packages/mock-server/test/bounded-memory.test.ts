import { createMockCrontify } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'

const PINGS = 20_000
const KEPT = 100

it('remembers no more than it is told to, and counts the rest', async () => {
  const mock = await createMockCrontify({
    monitors: [{ id: 'job', channels: ['mail'] }],
    channels: [{ id: 'mail', kind: 'email', to: 'ops@example.com' }],
    clock: 'virtual',
    rateLimitPerMinute: Infinity,
    keep: { pings: KEPT, runsPerMonitor: KEPT, alerts: KEPT, requests: KEPT, notifications: KEPT },
  })
  onTestFinished(() => mock.close())
  const init = { method: 'POST', headers: { 'X-API-Key': mock.apiKey }, body: '{"logOutput":"x"}' }

  for (let count = 0; count < PINGS; count += 1) {
    await mock.fetch(`${mock.url}/api/v1/ping/job/fail`, init)
  }

  for (const list of [
    mock.pings(),
    mock.runs('job'),
    mock.alerts(),
    mock.journal().entries,
    mock.notifications(),
  ]) {
    expect(list).toHaveLength(KEPT)
  }
  const dropped = PINGS - KEPT
  expect(mock.dropped()).toEqual({
    pings: dropped,
    runs: dropped,
    alerts: dropped,
    requests: dropped,
    notifications: dropped,
  })
  expect(mock.explain('job').split('\n').length).toBeLessThan(KEPT * 3)
})
