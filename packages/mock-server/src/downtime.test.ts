import { scheduleAware } from '@crontify/alert-engine'
import { expect, it } from 'vitest'
import { createHistory } from './history.ts'
import type { MockAlert } from './mock-records.ts'
import { createMonitorRegistry } from './monitor-registry.ts'
import { readMonitors } from './register-monitors.ts'
import { createSubscribers } from './subscribers.ts'

/** A clock that can jump: a machine that sleeps fires its timers late. */
function createSleepyClock(startAt: number) {
  let now = startAt
  let due: { readonly at: number; readonly callback: () => void }[] = []
  return {
    now: () => now,
    schedule(callback: () => void, afterMs: number) {
      const entry = { at: now + afterMs, callback }
      due.push(entry)
      return () => {
        due = due.filter((one) => one !== entry)
      }
    },
    /** Moves to a time and only then calls back. */
    sleepUntil(at: number) {
      now = at
      const late = due.filter((entry) => entry.at <= now)
      due = due.filter((entry) => entry.at > now)
      for (const { callback } of late) callback()
    },
  }
}

function played(wakeAt: number) {
  const clock = createSleepyClock(Date.UTC(2026, 0, 5))
  const subscribers = createSubscribers()
  const history = createHistory({
    pings: 100,
    runsPerMonitor: 100,
    alerts: 100,
    requests: 100,
    notifications: 100,
  })
  const summaries: (readonly MockAlert[])[] = []
  const single: string[] = []
  subscribers.add((event) => {
    if (event.type === 'alert' && event.isSummarized !== true) single.push(event.alert.monitorId)
  })
  const { monitors } = readMonitors(
    ['a', 'b'].map((id) => ({ id, schedule: '0 2 * * *', graceSeconds: 600 })),
    scheduleAware,
  )
  let ids = 0
  const registry = createMonitorRegistry(monitors, {
    clock,
    newId: () => `r${(ids += 1)}`,
    history,
    subscribers,
    onSummary: (alerts) => summaries.push(alerts),
  })
  registry.startSweeping(60_000)
  registry.ping('a', { kind: 'success' })
  registry.ping('b', { kind: 'success' })
  clock.sleepUntil(wakeAt)
  return { summaries, single, history }
}

it('sums up what was missed while the machine slept, and keeps the record of each monitor', () => {
  const { summaries, single, history } = played(Date.UTC(2026, 0, 5, 9))

  expect(summaries.map((alerts) => alerts.map(({ monitorId }) => monitorId))).toEqual([['a', 'b']])
  expect(single).toEqual([])
  expect(history.alerts('a')).toMatchObject([{ type: 'missed' }])
  expect(history.runs('b').at(-1)).toMatchObject({ status: 'missed', expectedAt: '2026-01-05T02:00:00.000Z' })
})

it('sends an alert for each monitor where the sweep is on time', () => {
  const { summaries, single } = played(Date.UTC(2026, 0, 5, 2, 10))

  expect(summaries).toEqual([])
  expect(single).toEqual(['a', 'b'])
})
