import type { ActiveState } from '@crontify/alert-engine'
import { print } from './print.ts'

/**
 * The floor of `engine-events`: one state for each monitor, replaced at each event by a new one, and nothing decided. What
 * this loses with more monitors is the processor's cache.
 */
const EVENTS = Number(process.env['EVENTS'] ?? 3_000_000)
const DURATIONS = 30
const count = Number(process.env['MONITORS'] ?? 1)

const states = Array.from({ length: count }, (): ActiveState => ({
  status: 'active',
  lastPingAt: 0,
  watch: { expectedAt: 0, notified: 'no' },
  openRun: null,
  hungRun: null,
  silent: null,
  memory: {
    durations: Array.from({ length: DURATIONS }, () => 5_000),
    failures: [],
    rateNotified: 'no',
    cooldownsFrom: {},
  },
}))
let events = 0

function take(index: number): void {
  const state = states[index]
  if (state === undefined) return
  const at = state.lastPingAt + 1
  const { memory, openRun } = state
  const { durations, failures, rateNotified, cooldownsFrom } = memory
  states[index] = {
    status: 'active',
    lastPingAt: at,
    watch: { expectedAt: at, notified: 'no' },
    openRun: openRun === null ? { runId: `run-${events}`, startedAt: at, watchedFrom: at } : null,
    hungRun: null,
    silent: null,
    memory:
      openRun === null
        ? memory
        : { durations: durations.slice(1).concat(5_000), failures, rateNotified, cooldownsFrom },
  }
  events += 1
}

function minute(): void {
  for (let index = 0; index < count; index += 1) {
    take(index)
    take(index)
  }
}

// The first rounds are for the compiler.
while (events < EVENTS / 10) minute()
events = 0
const from = performance.now()
while (events < EVENTS) minute()
print({ eventsPerSecond: (events / (performance.now() - from)) * 1_000 })
