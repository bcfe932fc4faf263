import { print } from './print.ts'

/**
 * The floor of `engine-events`: one object for each monitor, of the size of a monitor's state, replaced at each event by
 * a new one, and nothing decided. What this loses with more monitors is the processor's cache.
 */
const EVENTS = Number(process.env['EVENTS'] ?? 3_000_000)
const DURATIONS = 30
const count = Number(process.env['MONITORS'] ?? 1)

interface Kept {
  readonly at: number
  readonly openRun: {
    readonly runId: string
    readonly startedAt: number
    readonly watchedFrom: number
  } | null
  readonly watch: { readonly awaitedAt: number; readonly told: string }
  readonly durations: readonly number[]
}

const states = Array.from({ length: count }, (): Kept => ({
  at: 0,
  openRun: null,
  watch: { awaitedAt: 0, told: 'no' },
  durations: Array.from({ length: DURATIONS }, () => 5_000),
}))
let events = 0

function take(index: number): void {
  const state = states[index]
  if (state === undefined) return
  const at = state.at + 1
  states[index] = {
    at,
    openRun: state.openRun === null ? { runId: `run-${events}`, startedAt: at, watchedFrom: at } : null,
    watch: { awaitedAt: at, told: 'no' },
    durations: state.openRun === null ? state.durations : state.durations.slice(1).concat(5_000),
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
