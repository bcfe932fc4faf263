import { describe, expect, it } from 'vitest'
import { instantOf, scenario } from '../test/scenario.ts'
import { scheduleAware } from './semantics.ts'

const daily = { schedule: '0 9 * * *', graceSeconds: 300 }

describe('by schedule', () => {
  // [D MON, the example]
  it.each([
    ['2026-01-06T09:04:59.999Z', 0],
    ['2026-01-06T09:05:00.000Z', 1],
  ])('misses the 09:00 run at 09:05 when the grace period is 300 s: swept at %s, %d alerts', (at, alerts) => {
    const story = scenario(daily).at('2026-01-05T09:00:00Z').success().at(at).sweep()

    expect(story.alerts).toHaveLength(alerts)
    expect(story.runs.filter(({ status }) => status === 'missed')).toHaveLength(alerts)
  })

  // [D CHAN]
  it('records the run, alerts critically and makes the monitor failing, dated by the sweep', () => {
    const story = scenario(daily)
      .at('2026-01-05T09:00:30Z')
      .success()
      .at('2026-01-06T09:04:30Z')
      .sweepUntil('2026-01-06T09:06:30Z')

    expect(story.runs.slice(1)).toEqual([
      { status: 'missed', runId: 'run-2', monitorId: 'job', expectedAt: instantOf('2026-01-06T09:00:00Z') },
    ])
    expect(story.alerts).toEqual([
      {
        type: 'missed',
        severity: 'critical',
        monitorId: 'job',
        runId: 'run-2',
        at: instantOf('2026-01-06T09:05:30Z'),
        message:
          'job did not run: expected 2026-01-06 09:00 UTC, nothing came within the grace period of 5 min',
        details: {
          expectedAt: instantOf('2026-01-06T09:00:00Z'),
          graceMs: 300_000,
          lastPingAt: instantOf('2026-01-05T09:00:30Z'),
          slotsMissed: 1,
          slotsNotRecorded: 0,
        },
      },
    ])
    expect(story.state.status).toBe('failing')
  })

  it('records every slot of a silence, and alerts once', () => {
    const story = scenario({ schedule: '0 * * * *', graceSeconds: 300 })
      .at('2026-01-05T09:00:00Z')
      .success()
      .sweepUntil('2026-01-05T13:30:00Z')

    expect(story.runs.slice(1)).toMatchObject(
      ['10', '11', '12', '13'].map((hour) => ({
        status: 'missed',
        expectedAt: instantOf(`2026-01-05T${hour}:00:00Z`),
      })),
    )
    expect(story.alerts).toHaveLength(1)
  })

  it('alerts again for the next silence', () => {
    const story = scenario({ schedule: '0 * * * *', graceSeconds: 300 })
      .at('2026-01-05T09:00:00Z')
      .success()
      .sweepUntil('2026-01-05T11:30:00Z')
      .start()
      .sweepUntil('2026-01-05T11:31:00Z')
      .success()
      .sweepUntil('2026-01-05T13:30:00Z')

    expect(story.alerts.map(({ type }) => type)).toEqual(['missed', 'recovery', 'missed'])
  })

  it('records each slot that one late sweep finds, and alerts once, with their number', () => {
    const story = scenario({ schedule: '0 * * * *', graceSeconds: 300 })
      .at('2026-01-05T09:00:00Z')
      .success()
      .at('2026-01-05T12:30:00Z')
      .sweep()

    expect(story.runs.slice(1).map(({ status }) => status)).toEqual(['missed', 'missed', 'missed'])
    expect(story.alerts).toMatchObject([
      {
        runId: 'run-2',
        details: { slotsMissed: 3, slotsNotRecorded: 0 },
        message:
          'job did not run: expected 2026-01-05 10:00 UTC, nothing came within the grace period of 5 min; ' +
          '3 runs are missing by now',
      },
    ])
  })

  it('records a thousand slots in one sweep, and counts the rest', () => {
    const story = scenario({ schedule: '* * * * *', graceSeconds: 0 })
      .at('2026-01-05T09:00:00Z')
      .success()
      .at('2026-01-06T02:00:00Z')
      .sweep()

    expect(story.runs.filter(({ status }) => status === 'missed')).toHaveLength(1_000)
    expect(story.alerts).toMatchObject([{ details: { slotsMissed: 1_020, slotsNotRecorded: 20 } }])
    expect(story.alerts[0]?.details).not.toHaveProperty('countStopped')
  })

  it('stops counting after a very long sleep, says so, and awaits the next slot', () => {
    const story = scenario({ schedule: '* * * * *', graceSeconds: 0 })
      .at('2026-01-05T09:00:00Z')
      .success()
      .at('2026-01-25T09:00:30Z')
      .sweep()

    expect(story.alerts).toMatchObject([{ details: { slotsMissed: 10_000, countStopped: true } }])
    expect(story.state).toMatchObject({ watch: { expectedAt: instantOf('2026-01-25T09:01:00Z') } })
  })

  it('stops counting at slots that are still within their grace period', () => {
    const story = scenario({ schedule: '* * * * *', graceSeconds: 120 })
      .at('2026-01-05T09:00:00Z')
      .success()
      .at('2026-01-25T09:00:30Z')
      .sweep()

    expect(story.state).toMatchObject({ watch: { expectedAt: instantOf('2026-01-25T08:59:00Z') } })
  })

  // [D MON]
  it('never misses a monitor that was never pinged', () => {
    expect(scenario(daily).sweepUntil('2026-01-08T00:00:00Z').alerts).toEqual([])
  })

  // [D PINGS; success and fail I]
  it.each(['start', 'success', 'fail'] as const)('is content with a %s within the grace period', (ping) => {
    const story = scenario({ ...daily, maxDurationSeconds: 86_400 })
      .at('2026-01-05T09:00:00Z')
      .success()
      .sweepUntil('2026-01-06T09:04:59Z')
    story[ping]().sweepUntil('2026-01-07T09:04:59Z')

    expect(story.alerts.filter(({ type }) => type === 'missed')).toEqual([])
  })

  // [I]
  it.each([
    ['2026-01-06T08:58:59.999Z', 1],
    ['2026-01-06T08:59:00.000Z', 0],
  ])('counts a ping up to a minute before its slot for that slot: at %s, %d alerts', (at, alerts) => {
    const story = scenario(daily)
      .at('2026-01-05T09:00:00Z')
      .success()
      .at(at)
      .success()
      .at('2026-01-06T12:00:00Z')
      .sweep()

    expect(story.alerts).toHaveLength(alerts)
  })

  // [I]
  it.each([
    ['2026-01-05T09:00:29.999Z', 1],
    ['2026-01-05T09:00:30.000Z', 0],
  ])('never takes more than half the interval for early: a ping of %s, %d alerts', (at, alerts) => {
    const story = scenario({ schedule: '* * * * *', graceSeconds: 0 })
      .at(at)
      .success()
      .at('2026-01-05T09:01:00Z')
      .sweep()

    expect(story.alerts).toHaveLength(alerts)
  })

  it('does not take the end of a run for an early start of the next one', () => {
    const story = scenario({ schedule: '*/5 * * * *', graceSeconds: 60 })
      .at('2026-01-05T09:00:00Z')
      .start()
      .at('2026-01-05T09:04:30Z')
      .success()
      .at('2026-01-05T09:06:00Z')
      .sweep()

    expect(story.runs).toMatchObject([
      { status: 'success' },
      { status: 'missed', expectedAt: instantOf('2026-01-05T09:05:00Z') },
    ])
  })

  it('does not take back a slot that an early start has served when that run ends before it', () => {
    const story = scenario(daily)
      .at('2026-01-05T08:59:30Z')
      .start()
      .at('2026-01-05T08:59:50Z')
      .success()
      .sweepUntil('2026-01-06T09:04:00Z')

    expect(story.alerts).toEqual([])
  })

  // [I]
  it('tells once that a failing monitor has fallen silent too', () => {
    const story = scenario({ schedule: '0 * * * *', graceSeconds: 300 })
      .at('2026-01-05T09:00:00Z')
      .fail()
      .sweepUntil('2026-01-05T13:00:00Z')

    expect(story.alerts.map(({ type }) => type)).toEqual(['failure', 'missed'])
    expect(story.state).toMatchObject({ failingSince: instantOf('2026-01-05T09:00:00Z') })
  })

  // [D MON, the loop]
  it('leaves a failing monitor alone where only active ones are looked at', () => {
    const semantics = { ...scheduleAware, missedWhileFailing: false }
    const story = scenario({ schedule: '0 * * * *', graceSeconds: 300 }, semantics)
      .at('2026-01-05T09:00:00Z')
      .fail()
      .sweepUntil('2026-01-05T13:00:00Z')

    expect(story.alerts.map(({ type }) => type)).toEqual(['failure'])
    expect(story.runs.map(({ status }) => status)).toEqual(['failed'])
  })

  // [?]
  it.each([
    ['anyPing', ['start'], 1],
    ['anyPing', ['fail'], 1],
    ['successPing', ['start'], 0],
    ['successPing', ['fail'], 0],
    ['successPing', ['success'], 1],
    ['successPing', ['success', 'start'], 1],
  ] as const)('armed by %s, after %j: %d missed alerts', (armedBy, pings, alerts) => {
    const story = scenario({ ...daily, maxDurationSeconds: 60 }, { ...scheduleAware, armedBy }).at(
      '2026-01-05T09:00:00Z',
    )
    for (const ping of pings) story[ping]()
    story.sweepUntil('2026-01-06T10:00:00Z')

    expect(story.alerts.filter(({ type }) => type === 'missed')).toHaveLength(alerts)
  })

  it('tells of a hung run and of the slot that it let go by in one sweep, each with its run', () => {
    const story = scenario({ schedule: '0 * * * *', graceSeconds: 300 })
      .at('2026-01-05T09:00:00Z')
      .start()
      .at('2026-01-05T10:30:00Z')
      .sweep()

    expect(story.alerts).toMatchObject([
      { type: 'hung', runId: 'run-1' },
      { type: 'missed', runId: 'run-2' },
    ])
  })

  it('alerts for one missing run of a monthly schedule in a year, and for no other month', () => {
    const story = scenario({ schedule: '0 6 1 * *', graceSeconds: 3_600 })
    for (const month of ['01', '02', '03', '04', '06', '07', '08', '09', '10', '11', '12']) {
      story.at(`2026-${month}-01T05:58:00Z`).sweepUntil(`2026-${month}-01T06:00:00Z`).success()
      story.sweepUntil(`2026-${month}-02T00:00:00Z`)
    }

    expect(story.alerts.map(({ type }) => type)).toEqual(['missed', 'recovery'])
    expect(story.alerts[0]).toMatchObject({ details: { expectedAt: instantOf('2026-05-01T06:00:00Z') } })
  })
})

describe('by heartbeat', () => {
  it.each([
    ['2026-01-05T09:01:29.999Z', 0],
    ['2026-01-05T09:01:30.000Z', 1],
  ])('expects each ping an interval after the last one: swept at %s, %d alerts', (at, alerts) => {
    const story = scenario({ everySeconds: 60, graceSeconds: 30 })
      .at('2026-01-05T09:00:00Z')
      .success()
      .at(at)
      .sweep()

    expect(story.alerts).toHaveLength(alerts)
  })

  it('counts the slots of a silence from the last ping on', () => {
    const story = scenario({ everySeconds: 60, graceSeconds: 30 })
      .at('2026-01-05T09:00:10Z')
      .success()
      .at('2026-01-05T09:03:40Z')
      .sweep()

    expect(story.runs.slice(1)).toMatchObject([
      { expectedAt: instantOf('2026-01-05T09:01:10Z') },
      { expectedAt: instantOf('2026-01-05T09:02:10Z') },
      { expectedAt: instantOf('2026-01-05T09:03:10Z') },
    ])
  })

  it('ends a sweep also for an interval below a millisecond, and looks ahead', () => {
    const story = scenario({ everySeconds: 0.000_1, graceSeconds: 0 })
      .success()
      .at('2026-01-06T00:00:00Z')
      .sweep()

    expect(story.alerts).toHaveLength(1)
    expect(story.state).toMatchObject({ watch: { expectedAt: instantOf('2026-01-06T00:00:00.001Z') } })
  })
})

it('expects nothing of a monitor with neither schedule nor interval', () => {
  expect(scenario().success().sweepUntil('2026-01-10T00:00:00Z').alerts).toEqual([])
})
