import type { ChannelDefinition, MonitorDefinition } from '@crontify/protocol'
import { createMockServer, scenario, type Journal } from '@crontify/mock-server'
import { expect, it } from 'vitest'
import { auditDefinitions, type AuditEvidence } from './audit-definitions.ts'
import { clockChanges } from './clock-changes.ts'

const onCall: ChannelDefinition = { id: 'on-call', kind: 'pagerduty', routingKey: 'x' }
const chat: ChannelDefinition = { id: 'chat', kind: 'slack', url: 'https://hooks.slack.com/services/x' }
const mail: ChannelDefinition = { id: 'mail', kind: 'email', to: 'ops@example.com' }
const channels = [onCall, chat, mail]

/** Has everything that a job of the first tier needs. */
const complete: MonitorDefinition = {
  id: 'nightly-backup',
  tier: 1,
  schedule: '0 4 * * *',
  timezone: 'Europe/Berlin',
  graceSeconds: 600,
  maxDurationSeconds: 125,
  rules: [{ field: 'files_copied', operator: 'eq', threshold: 0 }],
  channels: ['on-call'],
  runbook: 'https://wiki.example.com/backup',
}

function found(monitor: MonitorDefinition, evidence: AuditEvidence = {}): readonly string[] {
  const findings = auditDefinitions(
    { monitors: [monitor], channels },
    { testedChannels: ['on-call', 'chat', 'mail'], ...evidence },
  )
  return findings.map(({ check, level }) => `${check} ${level}`)
}

function without(...names: (keyof MonitorDefinition)[]): MonitorDefinition {
  const kept = Object.entries(complete).filter(([name]) => !names.includes(name as keyof MonitorDefinition))
  return Object.fromEntries(kept) as unknown as MonitorDefinition
}

it('finds nothing where nothing is missing', () => {
  expect(found(complete)).toEqual([])
})

it.each<[string, MonitorDefinition, readonly string[]]>([
  ['no tier', without('tier'), ['tier advice']],
  ['no schedule', without('schedule', 'timezone'), ['missed-run missing']],
  ['no longest duration', without('maxDurationSeconds'), ['max-duration missing']],
  ['no channel', without('channels'), ['channels missing']],
  ['a channel that is not there', { ...complete, channels: ['pager', 'on-call'] }, ['channels missing']],
  ['mail alone', { ...complete, channels: ['mail'] }, ['channels missing']],
  ['no rule', without('rules'), ['silent-failure missing']],
  [
    'a rule on the run alone',
    { ...complete, rules: [{ field: 'duration_ms', operator: 'gt', threshold: 1 }] },
    ['silent-failure missing'],
  ],
  ['no duration tracking', { ...complete, slow: false }, ['duration-tracking advice']],
  ['no time zone', without('timezone'), ['time-zone advice']],
  ['no grace at all', { ...complete, graceSeconds: 0 }, ['grace advice']],
  ['no recovery', { ...complete, recovery: false }, ['recovery missing']],
  ['no runbook', without('runbook'), ['runbook missing']],
  ['an hour that clock changes touch', { ...complete, schedule: '30 2 * * *' }, ['clock-change advice']],
  ['that hour in UTC', { ...complete, schedule: '30 2 * * *', timezone: 'UTC' }, []],
  ['an unreadable schedule', { ...complete, schedule: '0 25 * * *' }, ['schedule missing']],
  ['a schedule that never occurs', { ...complete, schedule: '0 0 30 2 *' }, ['schedule missing']],
  ['every minute', { ...complete, schedule: '* * * * *' }, ['cooldown advice']],
])('finds in tier 1: %s', (_, monitor, expected) => {
  expect(found(monitor)).toEqual(expected)
})

const nodeCron = { ...complete, scheduleDialect: 'node-cron' } as const

it.each<[string, MonitorDefinition, readonly string[]]>([
  ['one time a night', nodeCron, []],
  ['a day of both kinds', { ...nodeCron, schedule: '0 9 1 * 1' }, ['schedule-dialect advice']],
  [
    'a day of both kinds, with seconds',
    { ...nodeCron, schedule: '0 0 9 1 * MON' },
    ['schedule-dialect advice'],
  ],
  ['that day with another library', { ...nodeCron, schedule: '0 9 1 * 1', scheduleDialect: 'croner' }, []],
  ['each hour where clocks change', { ...nodeCron, schedule: '5 * * * *' }, ['schedule-dialect advice']],
  ['each hour with enough grace', { ...nodeCron, schedule: '5 * * * *', graceSeconds: 3_600 }, []],
  ['each hour in UTC', { ...nodeCron, schedule: '5 * * * *', timezone: 'UTC' }, []],
  ['a nickname', { ...nodeCron, schedule: '@daily' }, []],
])('knows how node-cron reads a schedule: %s', (_, monitor, expected) => {
  expect(found(monitor)).toEqual(expected)
})

it.each<[MonitorDefinition, readonly string[]]>([
  [
    { id: 'a', tier: 2 },
    ['missed-run missing', 'channels missing', 'silent-failure missing', 'max-duration advice'],
  ],
  [{ id: 'a', tier: 3 }, ['channels missing', 'missed-run advice', 'max-duration advice']],
  [{ id: 'a', tier: 4 }, ['channels advice', 'failure-rate advice']],
  [
    { id: 'a', tier: 3, everySeconds: 120, maxDurationSeconds: 60, channels: ['on-call'], graceSeconds: 121 },
    ['channels advice', 'grace advice'],
  ],
])('asks less of a job that matters less: %j', (monitor, expected) => {
  expect(found(monitor)).toEqual(expected)
})

it('reports channels without a confirmed test alert', () => {
  expect(found(complete, { testedChannels: [] })).toEqual(['tested-channels advice'])
})

async function journalOf(
  play: (server: Awaited<ReturnType<typeof createMockServer>>) => Promise<void>,
): Promise<Journal> {
  const server = await createMockServer({ monitors: [complete], channels, clock: 'virtual' })
  await play(server)
  const journal = server.journal()
  await server.close()
  return journal
}

it('finds monitors that no job feeds', async () => {
  expect(found(complete, { journal: await journalOf(async () => {}) })).toEqual(['fed missing'])
})

it('finds jobs without a monitor', async () => {
  const journal = await journalOf(async (server) => {
    const url = `${server.url}/api/v1/ping/user-sync/success`
    for (const _ of [1, 2]) await fetch(url, { method: 'POST', headers: { 'X-API-Key': server.apiKey } })
  })

  const findings = auditDefinitions({ monitors: [] }, { journal })

  expect(findings).toMatchObject([{ check: 'unknown-monitor', level: 'missing', monitorId: 'user-sync' }])
})

const nights = (count: number, minutes: number, meta: Record<string, number> = { files_copied: 3 }) =>
  journalOf(async (server) => {
    for (let night = 0; night < count; night++) {
      await scenario(server)
        .at('04:00')
        .job('nightly-backup')
        .starts()
        .after(`${minutes}m`)
        .succeeds(meta)
        .play()
    }
  })

it('holds the longest duration against those of at least 10 runs', async () => {
  const of = async (seconds: number, runs: number) =>
    found({ ...complete, maxDurationSeconds: seconds }, { journal: await nights(runs, 1) })

  expect(await of(119, 10)).toEqual(['max-duration advice'])
  expect(await of(119, 9)).toEqual([])
  expect(await of(120, 10)).toEqual([])
  expect(await of(180, 10)).toEqual([])
  expect(await of(181, 10)).toEqual(['max-duration advice'])
})

it('finds good runs that would count as hung', async () => {
  const monitor = { ...without('maxDurationSeconds'), graceSeconds: 60 }

  expect(found(monitor, { journal: await nights(1, 2) })).toEqual(['max-duration missing'])
  expect(found(monitor, { journal: await nights(1, 3) })).toEqual(['max-duration missing', 'grace missing'])
})

it('finds rules on fields that no run has sent', async () => {
  expect(found(complete, { journal: await nights(1, 1, { files: 3 }) })).toEqual(['silent-failure missing'])
})

it('finds failures without a log, and ends without a start', async () => {
  const post = (server: { url: string; apiKey: string }, body: object) =>
    fetch(`${server.url}/api/v1/ping/nightly-backup/fail`, {
      method: 'POST',
      headers: { 'X-API-Key': server.apiKey, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })

  const silent = await journalOf(async (server) => void (await post(server, { errorMessage: 'x' })))
  const told = await journalOf(
    async (server) => void (await post(server, { errorMessage: 'x', logOutput: 'y' })),
  )

  expect(found(complete, { journal: silent })).toEqual(['failure-log missing', 'start-pings missing'])
  expect(found(complete, { journal: told })).toEqual(['start-pings missing'])
})

it.each([
  ['Europe/Berlin', [2], [2]],
  ['America/New_York', [2], [1]],
  ['Australia/Lord_Howe', [2], [1]],
  ['UTC', [], []],
  ['Nowhere/Here', [], []],
])('finds the hours that %s skips and repeats', (zone, skipped, repeated) => {
  expect(clockChanges(zone)).toEqual({ skipped, repeated })
})
