import type { Meta, MonitorDefinition } from '@crontify/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Alert, ClosedRun, MonitorState, Step } from './model.ts'
import { WAITING } from './model.ts'
import { nextDeadline } from './next-deadline.ts'
import { documentedLiteral, scheduleAware, type Semantics } from './semantics.ts'
import { termsOf } from './terms.ts'
import { transition } from './transition.ts'

type Kind = 'start' | 'success' | 'fail' | 'sweep' | 'pause' | 'resume'

interface Happening {
  readonly kind: Kind
  readonly afterMs: number
  readonly meta?: Meta
}

interface Played {
  readonly happening: Happening
  readonly now: number
  readonly before: MonitorState
  readonly step: Step
}

const BEGIN = Date.parse('2026-01-05T00:00:00Z')
const PINGS: readonly Kind[] = ['start', 'success', 'fail']

const metas = fc.option(
  fc.dictionary(fc.constantFrom('records', 'errors', 'other'), fc.constantFrom(-1, 0, 1, 100)),
  { nil: undefined },
)
const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc
    .record({
      // Sweeps outnumber the rest, as they do in life.
      kind: fc.constantFrom<Kind>(
        ...PINGS,
        'success',
        'sweep',
        'sweep',
        'sweep',
        'sweep',
        'pause',
        'resume',
        'resume',
      ),
      afterMs: fc.oneof(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 0, max: 7_200_000 })),
      meta: metas,
    })
    .map(({ kind, afterMs, meta }) => ({ kind, afterMs, ...(meta === undefined ? {} : { meta }) })),
  { maxLength: 60, size: 'max' },
)
const definitions = fc.constantFrom<MonitorDefinition>(
  { id: 'hourly', schedule: '0 * * * *', graceSeconds: 300 },
  { id: 'minutely', schedule: '* * * * *', graceSeconds: 30, maxDurationSeconds: 120 },
  { id: 'local', schedule: '15 */2 * * *', timezone: 'America/New_York', recovery: false },
  {
    id: 'heartbeat',
    everySeconds: 600,
    graceSeconds: 60,
    rules: [
      { field: 'records', operator: 'eq', threshold: 0 },
      { field: 'errors', operator: 'ne', threshold: 0 },
    ],
  },
  { id: 'bare' },
  {
    id: 'cooled',
    everySeconds: 900,
    graceSeconds: 60,
    cooldownSeconds: 7_200,
    slow: { afterRuns: 2, window: 3 },
    rules: [{ field: 'records', operator: 'eq', threshold: 0 }],
  },
  { id: 'best-effort', failureRate: { above: 0.4, window: 5, minimumRuns: 2 }, cooldownSeconds: 600 },
  { id: 'lenient', schedule: '*/10 * * * *', failureRate: { above: 0, window: 3 }, slow: false },
)
const semantics = fc.constantFrom<Semantics>(
  scheduleAware,
  documentedLiteral,
  { ...scheduleAware, armedBy: 'successPing', missedWhileFailing: false },
  { ...documentedLiteral, missedWhileFailing: true, recoveryAlerts: false },
)
const histories = fc.tuple(definitions, semantics, happenings)

function tell([definition, under, events]: [MonitorDefinition, Semantics, readonly Happening[]]): Played[] {
  const terms = termsOf(definition, under)
  let ids = 0
  const newRunId = (): string => `run-${(ids += 1)}`
  let state: MonitorState = WAITING
  let now = BEGIN
  return events.map((happening) => {
    now += happening.afterMs
    const { kind, meta } = happening
    const before = deepFreeze(state)
    const withMeta = meta !== undefined && (kind === 'success' || kind === 'fail') ? { meta } : {}
    const step = deepFreeze(transition(before, deepFreeze({ type: kind, newRunId, ...withMeta }), now, terms))
    state = step.state
    return { happening, now, before, step }
  })
}

function holds(
  claim: (played: readonly Played[], definition: MonitorDefinition, under: Semantics) => void,
): void {
  fc.assert(
    fc.property(histories, (history) => {
      claim(tell(history), history[0], history[1])
    }),
    { numRuns: 200 },
  )
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

function openRunOf(state: MonitorState): string | null {
  const facts = state.status === 'paused' ? state.resumesAs : state
  return facts.status === 'waiting' ? null : (facts.openRun?.runId ?? null)
}

const TROUBLES: readonly string[] = ['failure', 'missed', 'hung', 'failure_rate', 'silent_failure']
const isSent = ({ suppressed }: Alert): boolean => suppressed === undefined

const closedRuns = (played: readonly Played[]): ClosedRun[] =>
  played.flatMap(({ step }) => [...step.closedRuns])

it('closes a run at most once, but for the late end of a hung one, and only one that was open or never began', () => {
  holds((played) => {
    // A run that hung is closed again by its late end.
    const ids = closedRuns(played).flatMap(({ runId, status }) => (status === 'hung' ? [] : [runId]))
    expect(new Set(ids).size).toBe(ids.length)

    const opened = new Set<string>()
    const hung = new Set<string>()
    for (const { step, before } of played) {
      for (const run of step.closedRuns) {
        if (hung.has(run.runId)) expect(openRunOf(before)).toBeNull()
        else if (opened.has(run.runId)) expect(run.runId).toBe(openRunOf(before))
        else expect(run).not.toHaveProperty('durationMs')
      }
      for (const run of step.closedRuns) if (run.status === 'hung') hung.add(run.runId)
      if (step.openedRun !== null) opened.add(step.openedRun.runId)
    }
  })
})

it('alerts once for one silence: between two missed alerts there is a ping or a resume', () => {
  holds((played) => {
    let silent = false
    for (const { happening, step } of played) {
      const missed = step.alerts.filter((alert) => alert.type === 'missed' && isSent(alert)).length
      expect(missed).toBeLessThanOrEqual(silent ? 0 : 1)
      if (missed === 1) silent = true
      if (PINGS.includes(happening.kind) || happening.kind === 'resume') silent = false
    }
  })
})

it('names in every alert a run that was closed in the same step', () => {
  holds((played) => {
    for (const { step, now } of played) {
      for (const alert of step.alerts) {
        const closed = step.closedRuns.map(({ runId }) => runId)
        expect(closed).toContain(alert.runId)
        expect(alert.at).toBe(now)
      }
    }
  })
})

it('takes frozen states and events, and gives deep-equal steps when the same events come again', () => {
  fc.assert(
    fc.property(histories, (history) => {
      expect(tell(history)).toEqual(tell(history))
    }),
    { numRuns: 200 },
  )
})

it('takes a state that was stored as JSON for the state itself', () => {
  fc.assert(
    fc.property(histories, (history) => {
      for (const { step } of tell(history)) expect(JSON.parse(JSON.stringify(step.state))).toEqual(step.state)
    }),
    { numRuns: 100 },
  )
})

it('alerts nothing while paused', () => {
  holds((played) => {
    for (const { before, step } of played) if (before.status === 'paused') expect(step.alerts).toEqual([])
  })
})

it('finds neither missed nor hung runs of a paused or a waiting monitor', () => {
  holds((played) => {
    for (const { before, happening, step } of played) {
      if (happening.kind !== 'sweep' || !['paused', 'waiting'].includes(before.status)) continue
      expect(step.closedRuns).toEqual([])
      expect(step.state).toBe(before)
    }
  })
})

it('is waiting until the first ping, and never again', () => {
  holds((played) => {
    let pinged = false
    for (const { happening, step } of played) {
      pinged ||= PINGS.includes(happening.kind)
      const facts = step.state.status === 'paused' ? step.state.resumesAs : step.state
      expect(facts.status === 'waiting').toBe(!pinged)
    }
  })
})

it('fires no rule on a field that is absent, and a rule on 0 where 0 was sent', () => {
  holds((played, definition) => {
    for (const { before, happening, step } of played) {
      const fields = step.alerts.flatMap((alert) =>
        alert.type === 'silent_failure' ? alert.details.rules.map(({ field }) => field) : [],
      )
      for (const field of fields) expect(happening.meta).toHaveProperty(field)
      const zeroSent = happening.kind === 'success' && happening.meta?.['records'] === 0
      if (definition.rules !== undefined && zeroSent && before.status !== 'paused') {
        expect(fields).toContain('records')
      }
    }
  })
})

it('records slots in order, each once, and never one that a later ping came before', () => {
  holds((played) => {
    let last = -Infinity
    for (const run of closedRuns(played)) {
      if (run.status !== 'missed') continue
      expect(run.expectedAt).toBeGreaterThan(last)
      last = run.expectedAt
    }
  })
})

it('sends a recovery only after an alert about what it recovers from', () => {
  holds((played) => {
    let wasTrouble = false
    for (const { step } of played) {
      for (const { type } of step.alerts.filter(isSent)) {
        if (type === 'recovery') expect(wasTrouble).toBe(true)
        if (TROUBLES.includes(type)) wasTrouble = true
      }
    }
  })
})

it('sends two alerts of one type no closer than the cooldown, recoveries excepted', () => {
  holds((played, { cooldownSeconds = 0 }) => {
    const sentAt = new Map<string, number>()
    for (const { step } of played) {
      const sent = step.alerts.filter((alert) => isSent(alert) && alert.type !== 'recovery')
      for (const { type, at } of sent) {
        expect(at - (sentAt.get(type) ?? -Infinity)).toBeGreaterThanOrEqual(cooldownSeconds * 1_000)
      }
      for (const { type, at } of sent) sentAt.set(type, at)
    }
  })
})

it('suppresses nothing without a cooldown but the recovery from what nobody was played of', () => {
  holds((played, { cooldownSeconds }) => {
    if (cooldownSeconds !== undefined) return
    const held = played.flatMap(({ step }) => step.alerts.filter((alert) => !isSent(alert)))
    for (const alert of held) {
      expect(alert).toMatchObject({ type: 'recovery', suppressed: { reason: 'outageNotNotified' } })
    }
  })
})

it('finds nothing in a sweep before the next deadline, and something in one at it', () => {
  const isSweep = ({ happening }: Played): boolean => happening.kind === 'sweep'
  let reached = 0
  fc.assert(
    fc.property(histories, (history) => {
      const terms = termsOf(history[0], history[1])
      for (const { before, step, now } of tell(history).filter(isSweep)) {
        const deadline = nextDeadline(before, terms)
        const isDue = deadline !== null && deadline <= now
        expect(step.closedRuns.length > 0).toBe(isDue)
        if (!isDue) expect(step.state).toBe(before)
        if (isDue) reached += 1
      }
    }),
    { numRuns: 300 },
  )
  expect(reached).toBeGreaterThan(100)
})

it('remembers no more runs than the windows hold', () => {
  holds((played, { slow, failureRate }) => {
    const window = typeof slow === 'object' ? (slow.window ?? 30) : 30
    for (const { step } of played) {
      const facts = step.state.status === 'paused' ? step.state.resumesAs : step.state
      if (facts.status === 'waiting') continue
      expect(facts.memory.durations.length).toBeLessThanOrEqual(slow === false ? 0 : window)
      expect(facts.memory.failures.length).toBeLessThanOrEqual(failureRate?.window ?? 0)
    }
  })
})
