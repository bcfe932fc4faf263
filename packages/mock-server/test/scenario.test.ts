import { createMockCrontify, type MockServer, scenario } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'

async function startMock(clock: 'virtual' | 'system' = 'virtual'): Promise<MockServer> {
  const mock = await createMockCrontify({ monitors: [{ id: 'sync' }], clock })
  onTestFinished(() => mock.close())
  return mock
}

it('lets what it says happen, in order and at its times', async () => {
  const mock = await startMock()

  await scenario(mock)
    .at('02:00')
    .job('sync')
    .starts()
    .after('90s')
    .fails('disk full', { log: 'at copy', meta: { rows: 7 } })
    .at('01:00')
    .succeeds({ rows: 9 })
    .at('2026-01-08T00:00:00Z')
    .play()

  expect(mock.pings().map(({ kind, at }) => [kind, at])).toEqual([
    ['start', '2026-01-05T02:00:00.000Z'],
    ['fail', '2026-01-05T02:01:30.000Z'],
    ['success', '2026-01-06T01:00:00.000Z'],
  ])
  expect(mock.runs('sync')).toMatchObject([
    { durationMs: 90_000, errorMessage: 'disk full', meta: { rows: 7 } },
    { meta: { rows: 9 } },
  ])
  expect(mock.now()).toBe('2026-01-08T00:00:00.000Z')
})

it('does nothing before it is played, and can be continued in two ways', async () => {
  const mock = await startMock()
  const begun = scenario(mock).job('sync').starts()
  const good = begun.succeeds()
  const bad = begun.fails()

  expect(mock.pings()).toEqual([])
  await good.play()
  await bad.play()

  expect(mock.pings().map(({ kind }) => kind)).toEqual(['start', 'success', 'start', 'fail'])
})

it('says what does not work, and why', async () => {
  const mock = await startMock()

  await expect(scenario(mock).starts().play()).rejects.toThrow('Name a job before the start')
  await expect(scenario(mock).job('snyc').starts().play()).rejects.toThrow('answered with 404')
  await expect(scenario(mock).at('25:00').play()).rejects.toThrow('"25:00" is neither a time of day')
  await expect(scenario(mock).at('2020-01-01T00:00:00Z').play()).rejects.toThrow('from 2026-01-05')
  await expect(
    scenario(await startMock('system'))
      .after('1m')
      .play(),
  ).rejects.toThrow("clock: 'virtual'")
})
