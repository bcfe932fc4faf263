import {
  assertAlerted,
  assertNoUnexpectedAlerts,
  assertNotAlerted,
  assertRun,
} from '@crontify/mock-server/assert'
import '@crontify/mock-server/vitest'
import { AssertionError } from 'node:assert'
import { type MockServer, createMockCrontify, scenario } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'

const sync = {
  id: 'sync',
  schedule: '0 2 * * *',
  rules: [{ field: 'rows', operator: 'eq', threshold: 0 }],
  channels: ['on-call'],
} as const
const channels = [
  { id: 'on-call', kind: 'pagerduty', routingKey: 'R1' },
  { id: 'team', kind: 'email', to: 'team@example.com' },
] as const

async function startMock(monitor: object = {}): Promise<MockServer> {
  const mock = await createMockCrontify({
    monitors: [{ ...sync, ...monitor }, { id: 'quiet' }],
    channels,
    clock: 'virtual',
  })
  onTestFinished(() => mock.close())
  return mock
}

const emptyNight = (mock: MockServer): Promise<void> =>
  scenario(mock).at('02:00').job('sync').starts().after('4m').succeeds({ rows: 0 }).play()

it('finds an alert by what is said of it', async () => {
  const mock = await startMock()
  await emptyNight(mock)

  expect(mock).toHaveAlerted('sync')
  expect(mock).toHaveAlerted('sync', { type: 'silent_failure', severity: 'warning', times: 1 })
  expect(mock).toHaveAlerted('sync', { message: 'rows was 0', channel: 'on-call', within: 0 })
  expect(mock).toHaveAlerted('sync', { message: /equal to 0/ })
  expect(mock).not.toHaveAlerted('sync', { type: 'failure' })
  expect(mock).not.toHaveAlerted('sync', { severity: 'critical' })
  expect(mock).not.toHaveAlerted('sync', { message: 'rows was 1' })
  expect(mock).not.toHaveAlerted('sync', { channel: 'team' })
  expect(mock).not.toHaveAlerted('sync', { times: 2 })
  expect(mock).not.toHaveAlerted('quiet')
})

it('shows in its failure what did happen', async () => {
  const mock = await startMock()
  await emptyNight(mock)

  const failing = (): void => {
    expect(mock).toHaveAlerted('sync', { type: 'missed' })
  }

  expect(failing).toThrow("Expected at least one alert of sync like { type: 'missed' }, and there were 0.")
  expect(failing).toThrow('rule rows eq 0 fires: it was 0')
  expect(() => {
    expect(mock).not.toHaveAlerted('sync')
  }).toThrow('Did not expect at least one alert of sync, and there was 1.')
})

it('measures from the moment when the job gave cause', async () => {
  const mock = await startMock({ graceSeconds: 600, maxDurationSeconds: 3_600 })
  await emptyNight(mock)
  await scenario(mock).at('2026-01-06T02:30:00Z').job('sync').starts().after('2h').play()

  expect(mock).toHaveAlerted('sync', { type: 'missed', within: '10m' })
  expect(mock).not.toHaveAlerted('sync', { type: 'missed', within: '9m' })
  expect(mock).toHaveAlerted('sync', { type: 'hung', within: '61m' })
  expect(mock).not.toHaveAlerted('sync', { type: 'hung', within: '1h' })
})

it('does not take an alert for sent that was suppressed', async () => {
  const mock = await startMock({ cooldownSeconds: 3_600 })
  const { play } = scenario(mock).job('sync').fails('a').fails('b')
  await play()

  expect(mock.alerts()).toHaveLength(2)
  expect(mock).toHaveAlerted('sync', { type: 'failure', times: 1 })
  expect(mock).not.toHaveAlerted('sync', { message: ': b' })
  expect(mock).toHaveNoUnexpectedAlerts([{ type: 'failure', message: ': a' }])
})

it('finds a run by what is said of it', async () => {
  const mock = await startMock()
  await emptyNight(mock)
  await scenario(mock)
    .job('quiet')
    .fails('disk full', { log: 'at copy', meta: { rows: 2 } })
    .play()

  expect(mock).toHaveRun('sync', { status: 'success', meta: { rows: 0 }, isDurationAnomaly: false, times: 1 })
  expect(mock).toHaveRun('quiet', { errorMessage: 'disk' })
  expect(mock).not.toHaveRun('sync', { status: 'failed' })
  expect(mock).not.toHaveRun('sync', { meta: { rows: 1 } })
  expect(mock).not.toHaveRun('sync', { isDurationAnomaly: true })
  expect(() => {
    expect(mock).toHaveRun('sync', { status: 'hung' })
  }).toThrow('Expected at least one run of sync')
})

it('finds alerts that nobody expected', async () => {
  const mock = await startMock()
  expect(mock).toHaveNoUnexpectedAlerts()
  await emptyNight(mock)

  expect(mock).toHaveNoUnexpectedAlerts([{ monitorId: 'sync', type: 'silent_failure' }])
  const failing = (): void => {
    expect(mock).toHaveNoUnexpectedAlerts([{ monitorId: 'quiet' }])
  }
  expect(failing).toThrow('1 unexpected alert:\n  2026-01-05T02:04:00.000Z silent_failure: sync succeeded')
  expect(failing).toThrow('sync is active: schedule')
})

it('says what is wrong with the question itself', async () => {
  const mock = await startMock()
  await emptyNight(mock)

  expect(() => {
    expect(mock).toHaveAlerted('snyc')
  }).toThrow('There is no monitor "snyc"; this server has sync, quiet')
  expect(() => {
    expect(mock).toHaveAlerted('sync', { channel: 'oncall' })
  }).toThrow('There is no channel "oncall"; this server has on-call, team')
  expect(() => {
    expect({}).toHaveAlerted('sync')
  }).toThrow('was not given a mock server')
})

it('is there for node:test as well', async () => {
  const mock = await startMock()
  await emptyNight(mock)

  assertAlerted(mock, 'sync', { type: 'silent_failure' })
  assertNotAlerted(mock, 'quiet')
  assertRun(mock, 'sync', { status: 'success' })
  assertNoUnexpectedAlerts(mock, [{ type: 'silent_failure' }])
  for (const failing of [
    () => {
      assertAlerted(mock, 'quiet')
    },
    () => {
      assertNotAlerted(mock, 'sync')
    },
    () => {
      assertRun(mock, 'quiet')
    },
    () => {
      assertNoUnexpectedAlerts(mock)
    },
  ]) {
    expect(failing).toThrow(AssertionError)
    expect(failing).toThrow('2026-01-05 02:04:00  now')
  }
})
