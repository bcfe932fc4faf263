import {
  createCalendar,
  createDeadlineQueue,
  type MonitorState,
  nextDeadline,
  scheduleAware,
  termsOf,
  transition,
  WAITING,
} from '@crontify/alert-engine'
import { print } from './print.ts'

/** Minutely jobs that start and succeed, with the sweeps that are due: events of the engine for each second of ours. */
const EVENTS = Number(process.env['EVENTS'] ?? 3_000_000)
const MINUTE_MS = 60_000
const count = Number(process.env['MONITORS'] ?? 1)

const calendar = createCalendar()
const terms = Array.from({ length: count }, (_, index) =>
  termsOf({ id: `job-${index}`, schedule: '* * * * *', timezone: 'Europe/Berlin' }, scheduleAware, calendar),
)
const states: MonitorState[] = terms.map(() => WAITING)
const deadlines = createDeadlineQueue()
const orders = new Map(terms.map(({ monitorId }, order) => [monitorId, order]))
let ids = 0
let events = 0
let alerts = 0
const newRunId = (): string => `run-${(ids += 1)}`

function take(index: number, type: 'start' | 'success' | 'sweep', now: number): void {
  const own = terms[index]
  if (own === undefined) return
  const step = transition(states[index] ?? WAITING, { type, newRunId }, now, own)
  states[index] = step.state
  deadlines.set(own.monitorId, nextDeadline(step.state, own))
  alerts += step.alerts.length
  events += 1
}

function minute(at: number): void {
  for (const id of deadlines.takeDue(at)) take(orders.get(id) ?? 0, 'sweep', at)
  for (let index = 0; index < count; index += 1) {
    const startAt = at + (index % 50_000)
    take(index, 'start', startAt)
    take(index, 'success', startAt + 5_000)
  }
}

const begin = Date.UTC(2026, 10, 23)
let now = begin
// The first minutes are for the compiler.
for (const warmUntil = EVENTS / 10; events < warmUntil; now += MINUTE_MS) minute(now)
events = 0
const from = performance.now()
for (; events < EVENTS; now += MINUTE_MS) minute(now)
const tookMs = performance.now() - from
print({
  eventsPerSecond: (events / tookMs) * 1_000,
  alerts,
  heapMb: process.memoryUsage().heapUsed / 1_048_576,
})
