import { describe, expect, it } from 'vitest'
import { instantOf, scenario } from '../test/scenario.ts'
import { scheduleAware } from './semantics.ts'

describe('success', () => {
  // [D PINGS, RULES]
  it('closes the open run with its duration and its metadata', () => {
    const story = scenario()
      .at('2026-01-05T02:00:00Z')
      .start()
      .at('2026-01-05T02:03:00Z')
      .success({ records: 7 })

    expect(story.runs).toEqual([
      {
        status: 'success',
        runId: 'run-1',
        monitorId: 'job',
        startedAt: instantOf('2026-01-05T02:00:00Z'),
        endedAt: instantOf('2026-01-05T02:03:00Z'),
        durationMs: 180_000,
        meta: { records: 7 },
      },
    ])
    expect(story.alerts).toEqual([])
  })

  // [I]
  it('makes a run without a duration where none is open', () => {
    const story = scenario().at('2026-01-05T02:00:00Z').success()

    expect(story.runs).toEqual([
      { status: 'success', runId: 'run-1', monitorId: 'job', endedAt: instantOf('2026-01-05T02:00:00Z') },
    ])
  })

  // [I]
  it('makes a run of its own out of a second success', () => {
    const story = scenario().start().success().success()

    expect(story.runs.map(({ runId }) => runId)).toEqual(['run-1', 'run-2'])
  })
})

describe('fail', () => {
  // [D PINGS, API]
  it('closes the open run as failed with message, metadata and log', () => {
    const story = scenario()
      .at('2026-01-05T02:00:00Z')
      .start()
      .at('2026-01-05T02:03:00Z')
      .fail({ errorMessage: 'disk full', meta: { records: 7 }, logOutput: 'at copy' })

    expect(story.runs).toEqual([
      {
        status: 'failed',
        runId: 'run-1',
        monitorId: 'job',
        startedAt: instantOf('2026-01-05T02:00:00Z'),
        endedAt: instantOf('2026-01-05T02:03:00Z'),
        durationMs: 180_000,
        errorMessage: 'disk full',
        meta: { records: 7 },
        logOutput: 'at copy',
      },
    ])
  })

  // [D PINGS, CHAN]
  it('alerts at once, critically, with message and log snippet', () => {
    const story = scenario()
      .at('2026-01-05T02:00:00Z')
      .start()
      .at('2026-01-05T02:03:00Z')
      .fail({ errorMessage: 'disk full', logOutput: 'at copy' })

    expect(story.alerts).toEqual([
      {
        type: 'failure',
        severity: 'critical',
        monitorId: 'job',
        runId: 'run-1',
        at: instantOf('2026-01-05T02:03:00Z'),
        message: 'job failed at 2026-01-05 02:03 UTC after 3 min: disk full',
        details: { errorMessage: 'disk full', logSnippet: 'at copy', durationMs: 180_000 },
      },
    ])
  })

  // [D PINGS]: no threshold of failures in a row is mentioned
  it('alerts for each of several failures in a row', () => {
    expect(scenario().fail().fail().fail().alerts).toHaveLength(3)
  })

  // [D MON]
  it('makes the monitor failing', () => {
    expect(scenario().success().fail().state.status).toBe('failing')
  })

  // [D CHAN]
  it.each([
    [500, 500],
    [501, 500],
  ])('shows of a log of %d characters %d in the alert', (length, shown) => {
    const story = scenario().fail({ logOutput: 'x'.repeat(length) })

    expect(story.alerts).toMatchObject([{ details: { logSnippet: 'x'.repeat(shown) } }])
    expect(story.runs).toMatchObject([{ logOutput: 'x'.repeat(length) }])
  })

  // [D PINGS]
  it('needs neither message nor log', () => {
    const story = scenario().at('2026-01-05T02:03:00Z').fail()

    expect(story.alerts).toMatchObject([
      { details: {}, message: 'job failed at 2026-01-05 02:03 UTC: no error message was sent' },
    ])
  })

  // [I]
  it('does not look at the rules', () => {
    const rules = [{ field: 'records', operator: 'eq', threshold: 0 }] as const

    expect(
      scenario({ rules })
        .fail({ meta: { records: 0 } })
        .alerts.map(({ type }) => type),
    ).toEqual(['failure'])
  })
})

describe('recovery', () => {
  // [I]
  it('is sent at the first success after a failure, with the length of the outage', () => {
    const story = scenario()
      .at('2026-01-05T02:00:00Z')
      .fail()
      .at('2026-01-05T03:00:00Z')
      .fail()
      .at('2026-01-05T04:05:00Z')
      .success()
      .success()

    expect(story.state.status).toBe('active')
    expect(story.alerts.slice(2)).toEqual([
      {
        type: 'recovery',
        severity: 'info',
        monitorId: 'job',
        runId: 'run-3',
        at: instantOf('2026-01-05T04:05:00Z'),
        message: 'job works again: it was failing for 2 h 5 min, since 2026-01-05 02:00 UTC',
        details: { outageMs: 7_500_000, failingFromAt: instantOf('2026-01-05T02:00:00Z') },
      },
    ])
  })

  it('is kept quiet by a definition that says so', () => {
    const story = scenario({ recovery: false }).fail().success()

    expect(story.state.status).toBe('active')
    expect(story.alerts.map(({ type }) => type)).toEqual(['failure'])
  })

  it('is kept quiet by semantics without recovery alerts', () => {
    const story = scenario({}, { ...scheduleAware, recoveryAlerts: false })
      .fail()
      .success()

    expect(story.alerts.map(({ type }) => type)).toEqual(['failure'])
  })

  it('is not sent for a monitor that was not failing', () => {
    expect(scenario().success().success().alerts).toEqual([])
  })
})

describe('silent failure', () => {
  const rules = [
    { field: 'records', operator: 'eq', threshold: 0 },
    { field: 'errors', operator: 'gt', threshold: 0 },
  ] as const

  // [D RULES, PINGHTTP]
  it('warns of a success whose metadata matches a rule; the run stays a success', () => {
    const story = scenario({ rules }).at('2026-01-05T02:03:00Z').success({ records: 0 })

    expect(story.runs).toMatchObject([{ status: 'success' }])
    expect(story.state.status).toBe('active')
    expect(story.alerts).toMatchObject([
      {
        type: 'silent_failure',
        severity: 'warning',
        message:
          'job succeeded at 2026-01-05 02:03 UTC, but records was 0 (the rule alerts when it is equal to 0)',
      },
    ])
  })

  // [I]
  it('names every rule that matches in one alert', () => {
    const story = scenario({ rules }).success({ records: 0, errors: 3 })

    expect(story.alerts).toHaveLength(1)
    expect(story.alerts).toMatchObject([
      {
        details: {
          rules: [
            { field: 'records', operator: 'eq', threshold: 0, value: 0 },
            { field: 'errors', operator: 'gt', threshold: 0, value: 3 },
          ],
        },
      },
    ])
  })

  // [D RULES]
  it.each([[undefined], [{}], [{ other: 0 }], [{ records: 1, errors: 0 }]])(
    'says nothing where no rule matches or the field is missing: %j',
    (meta) => {
      expect(scenario({ rules }).success(meta).alerts).toEqual([])
    },
  )

  // [D RULES]
  it('looks at every success', () => {
    expect(scenario({ rules }).success({ records: 0 }).success({ records: 0 }).alerts).toHaveLength(2)
  })

  it('comes after the recovery that the same success brings', () => {
    const story = scenario({ rules }).fail().success({ records: 0 })

    expect(story.alerts.map(({ type }) => type)).toEqual(['failure', 'recovery', 'silent_failure'])
  })
})
