import { expect, it } from 'vitest'
import { accepted, ping, startServer } from './server.ts'

const counter = (): (() => string) => {
  let made = 0
  return () => `r${(made += 1)}`
}
const sync = {
  id: 'sync',
  schedule: '0 2 * * *',
  graceSeconds: 600,
  rules: [{ field: 'rows', operator: 'eq', threshold: 0 }],
  channels: ['on-call'],
} as const
const onCall = { id: 'on-call', kind: 'pagerduty', routingKey: 'R1' } as const

it('tells the story of a monitor, line by line and with reasons', async () => {
  const server = await startServer({
    monitors: [sync, { id: 'other' }],
    channels: [onCall],
    newId: counter(),
  })
  server.faults.add({ type: 'reset', kind: 'start', skip: 1, times: 1, taken: true })
  await server.advance('2h')
  await accepted(server, 'sync', 'start')
  await accepted(server, 'other', 'fail')
  await server.advance('4m')
  await accepted(server, 'sync', 'success', { meta: { rows: 0 } })
  await ping(server, 'sync', 'success', { meta: { rows: 'x' } })
  await ping(server, 'sync', 'start').catch(() => {})
  await accepted(server, 'sync', 'success', { meta: { rows: 3 } })
  await accepted(server, 'sync', 'success')
  server.pause('sync')
  server.resume('sync')
  await server.advance('45h56m')

  const story = server.explain('sync')

  expect(story.replaceAll(/\br\d+\b/g, 'run-id').split('\n')).toEqual([
    'sync is failing: schedule "0 2 * * *" UTC; grace 10 min; alerts if rows eq 0; tells on-call',
    expect.stringMatching(/^ {2}failing since 2026-01-06 02:10:00, 1 run in a row: sync did not run/),
    '  2026-01-05 02:00:00  ping   start of run run-id',
    '  2026-01-05 02:04:00  ping   success of run run-id rows=0',
    '  2026-01-05 02:04:00         rule rows eq 0 fires: it was 0',
    '  2026-01-05 02:04:00  run    run-id success: took 4 min',
    expect.stringMatching(
      /^ {2}2026-01-05 02:04:00 {2}alert {2}silent_failure \(warning\): sync succeeded at/,
    ),
    '  2026-01-05 02:04:00  told   on-call (pagerduty)',
    expect.stringMatching(
      /^ {2}2026-01-05 02:04:00 {2}refused POST \/api\/v1\/ping\/sync\/success: 400, "meta" has/,
    ),
    '  2026-01-05 02:04:00  ping   start of run run-id',
    '  2026-01-05 02:04:00  spoilt POST /api/v1/ping/sync/start: reset, no answer; it took effect all the same',
    '  2026-01-05 02:04:00  ping   success of run run-id rows=3',
    '  2026-01-05 02:04:00         rule rows eq 0 does not fire: it was 3',
    '  2026-01-05 02:04:00  run    run-id success: took 0 ms',
    expect.stringMatching(/^ {2}2026-01-05 02:04:00 {2}alert {2}recovery \(info\): sync does its work again/),
    '  2026-01-05 02:04:00  told   on-call (pagerduty)',
    '  2026-01-05 02:04:00  ping   success of run run-id',
    '  2026-01-05 02:04:00         rule rows eq 0 does not fire: rows was not sent',
    '  2026-01-05 02:04:00  run    run-id success: no start came, so no duration',
    '  2026-01-05 02:04:00  paused by hand',
    '  2026-01-05 02:04:00  resumed by hand',
    expect.stringMatching(/^ {2}2026-01-06 02:10:00 {2}run {4}run-id missed: expected 2026-01-06T02:00/),
    expect.stringMatching(/^ {2}2026-01-06 02:10:00 {2}alert {2}missed \(critical\): sync did not run/),
    '  2026-01-06 02:10:00  told   on-call (pagerduty)',
    '  2026-01-07 00:00:00  now    next expected 2026-01-07 02:00:00',
  ])
})

it('says of a monitor without pings, without channels and paused what that means', async () => {
  const server = await startServer({ monitors: [{ id: 'job', everySeconds: 3_600 }] })
  expect(server.explain('job')).toBe(
    [
      'job is waiting: every 1 h; grace 5 min; no rules; no channels',
      '  nothing has happened',
      '  2026-01-05 00:00:00  now    it waits for its first ping; until then nothing can be missed',
    ].join('\n'),
  )

  await accepted(server, 'job', 'fail', { errorMessage: 'disk\nfull' })
  server.pause('job')

  const story = server.explain('job')
  expect(story).toContain('"disk full"')
  expect(story).toContain('nobody is told: the monitor names no channel')
  expect(story).toContain('it is paused: pings are recorded, nothing alerts')
})

it('says that older events were forgotten', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }], keep: { requests: 2 } })
  for (let count = 0; count < 4; count += 1) await accepted(server, 'job', 'fail')

  expect(server.explain('job')).toContain('… older events were forgotten')
})

it('says why an alert was not sent', async () => {
  const server = await startServer({ monitors: [{ id: 'job', cooldownSeconds: 3_600 }] })
  await accepted(server, 'job', 'fail')
  await accepted(server, 'job', 'fail')

  expect(server.explain('job')).toContain('not sent: cooldown until 2026-01-05T01:00:00.000Z')
})

it('knows no story of a monitor that is not there', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })
  expect(() => server.explain('jbo')).toThrow('There is no monitor "jbo"; this server has job')
})

it('says which slots were skipped because a run was open, and what a silent monitor does not do', async () => {
  const server = await startServer({
    monitors: [{ ...sync, schedule: '*/5 * * * *', maxDurationSeconds: 1_800, channels: [] }],
    channels: [onCall],
  })
  await accepted(server, 'sync', 'start')
  await server.advance('12m')
  await accepted(server, 'sync', 'success', { meta: { rows: 0 } })

  const story = server.explain('sync')

  expect(story).toContain('slot   2026-01-05T00:05:00.000Z skipped: still running')
  expect(story).toContain('slot   2026-01-05T00:10:00.000Z skipped: still running')
  expect(story).toContain(
    'succeeds without doing its work since 2026-01-05 00:12:00, 1 run in a row: rows eq 0, it was 0',
  )
  expect(server.monitor('sync')).toMatchObject({
    status: 'active',
    silentFailure: { since: '2026-01-05T00:12:00.000Z', runs: 1, rules: [{ field: 'rows', value: 0 }] },
  })
})
