import { createMockServer, type MockServer, scenario } from '@crontify/mock-server'
import '@crontify/mock-server/vitest'
import { CrontifyMonitor } from '@crontify/sdk'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { channels, userSync } from './monitors.ts'
import { syncUsers, type User } from './sync-users.ts'

let server: MockServer
beforeEach(async () => {
  server = await createMockServer({ monitors: [userSync], channels, clock: 'virtual' })
})
afterEach(() => server.close())

/** The job itself, with a feed of the test, reporting to the local Crontify. */
async function night(readFeed: () => Promise<readonly User[]>): Promise<void> {
  const monitor = new CrontifyMonitor({
    apiKey: server.apiKey,
    baseUrl: server.url,
    monitorId: userSync.id,
  })
  try {
    await syncUsers(monitor, readFeed, new Map())
  } finally {
    await monitor.close()
  }
}

// Scenarios tell the time in UTC: 03:00 in Berlin is 02:00, in winter.
it('says nothing about a healthy week', async () => {
  for (let day = 0; day < 7; day += 1) {
    const sync = scenario(server).at('02:00').job(userSync.id).starts()
    await sync.after('4m').succeeds({ records_processed: 1_523 }).play()
  }

  expect(server).toHaveNoUnexpectedAlerts()
  expect(server.runs(userSync.id)).toHaveLength(7)
})

it('wakes somebody when the feed is empty', async () => {
  await night(async () => [])

  expect(server).toHaveAlerted(userSync.id, { type: 'silent_failure', channel: 'on-call' })
})

it('says why the sync has failed', async () => {
  const failing = night(() => Promise.reject(new Error('the feed is down')))

  await expect(failing).rejects.toThrow('the feed is down')
  expect(server).toHaveAlerted(userSync.id, { type: 'failure', message: 'the feed is down' })
})

it('wakes somebody within ten minutes when the sync does not run', async () => {
  await scenario(server)
    .at('02:00')
    .job(userSync.id)
    .succeeds({ records_processed: 1_523 })
    .after('1d')
    .play()
  await server.advance('10m')

  expect(server).toHaveAlerted(userSync.id, { type: 'missed', channel: 'on-call', within: '10m' })
})

it('wakes somebody when the sync hangs', async () => {
  await scenario(server).at('02:00').job(userSync.id).starts().after('31m').play()

  expect(server).toHaveAlerted(userSync.id, { type: 'hung', channel: 'on-call' })
})

it('pings no monitor but its own', async () => {
  await night(async () => [{ id: '1', name: 'ada' }])

  server.assertNoUnexpectedRequests()
  expect(server).toHaveRun(userSync.id)
})
