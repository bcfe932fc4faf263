import { createMockServer, type MockServer } from '@crontify/mock-server'
import { onTestFinished } from 'vitest'

const LOG = Array.from(
  { length: 40 },
  (_, line) => `2026-01-20T02:0${line % 10}:00Z copied part ${line} of 40`,
).join('\n')

const SLOW_DAY = 14
const LAST_DAY = 19

/** A server that has seen twenty days of a few jobs: one is failing, one processed nothing, one was slow, one is fine. */
export async function productionDay(): Promise<MockServer> {
  const server = await createMockServer({
    clock: 'virtual',
    rateLimitPerMinute: Infinity,
    channels: [
      { id: 'ops-mail', kind: 'email', to: 'ops@example.com' },
      { id: 'ops-slack', kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' },
      {
        id: 'dev-discord',
        kind: 'discord',
        url: 'https://discord.com/api/webhooks/1/x',
        minimumSeverity: 'critical',
      },
    ] as NonNullable<Parameters<typeof createMockServer>[0]>['channels'] & object,
    monitors: [
      {
        id: 'nightly-backup',
        name: 'Nightly backup',
        schedule: '0 2 * * *',
        graceSeconds: 600,
        maxDurationSeconds: 3_600,
        tier: 1,
        tags: ['database'],
        channels: ['ops-mail', 'ops-slack', 'dev-discord'],
        runbook: 'https://wiki.example.com/backup',
      },
      {
        id: 'hourly-sync',
        name: 'Hourly sync',
        schedule: '0 * * * *',
        graceSeconds: 300,
        tier: 2,
        tags: ['crm'],
        channels: ['ops-slack'],
        rules: [{ field: 'records_processed', operator: 'eq', threshold: 0 }],
      },
      {
        id: 'weekly-report',
        name: 'Weekly report',
        schedule: '0 9 * * 1',
        tier: 3,
        tags: ['finance'],
        channels: ['ops-mail'],
      },
      {
        id: 'queue-worker',
        name: 'Queue worker',
        everySeconds: 900,
        graceSeconds: 120,
        tier: 2,
        tags: ['crm'],
      },
      { id: 'invoice-export', name: 'Invoice export', schedule: '30 4 * * *', tier: 2, tags: ['finance'] },
    ],
  })
  onTestFinished(() => server.close())
  for (let day = 0; day <= LAST_DAY; day += 1) await oneDay(server, day)
  return server
}

async function oneDay(server: MockServer, day: number): Promise<void> {
  for (let hour = 0; hour < 24; hour += 1) {
    await ping(server, 'hourly-sync', 'start')
    await ping(server, 'queue-worker', 'success')
    if (hour === 2) await ping(server, 'nightly-backup', 'start')
    if (hour === 9 && day % 7 === 0) await ping(server, 'weekly-report', 'success')
    const seconds = 20 + ((hour * 7 + day * 3) % 25)
    await server.advance(`${seconds}s`)
    const isEmpty = day === LAST_DAY && hour === 13
    await ping(server, 'hourly-sync', 'success', { meta: { records_processed: isEmpty ? 0 : 120 + hour } })
    await server.advance(`${900 - seconds}s`)
    if (hour === 2 && day !== SLOW_DAY) await endOfBackup(server, day)
    for (let quarter = 1; quarter < 4; quarter += 1) {
      await ping(server, 'queue-worker', 'success')
      await server.advance('15m')
      if (hour === 2 && quarter === 2 && day === SLOW_DAY) await endOfBackup(server, day)
    }
  }
}

function endOfBackup(server: MockServer, day: number): Promise<void> {
  return day === LAST_DAY
    ? ping(server, 'nightly-backup', 'fail', { errorMessage: 'pg_dump: error: disk is full', logOutput: LOG })
    : ping(server, 'nightly-backup', 'success', { meta: { rows: 90_000 + day } })
}

/** Sends one ping. */
export async function ping(
  server: MockServer,
  monitorId: string,
  kind: string,
  body: object = {},
): Promise<void> {
  const answer = await server.fetch(`${server.url}/api/v1/ping/${monitorId}/${kind}`, {
    method: 'POST',
    headers: { 'X-API-Key': server.apiKey, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${kind} of ${monitorId}: ${answer.status} ${await answer.text()}`)
}
