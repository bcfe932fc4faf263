import { describe, expect, it } from 'vitest'
import { instantOf, scenario } from '../test/scenario.ts'

const hourly = { schedule: '0 * * * *', graceSeconds: 300 }

// [D MON]
it('misses nothing and finds nothing hung while paused', () => {
  const story = scenario(hourly).start().pause().sweepUntil('2026-01-06T00:00:00Z')

  expect(story.state.status).toBe('paused')
  expect(story.alerts).toEqual([])
  expect(story.runs).toEqual([])
})

// [D MON; that pings are recorded is I]
it('records runs while paused, and alerts of none', () => {
  const rules = [{ field: 'records', operator: 'eq', threshold: 0 }] as const
  const story = scenario({ rules }).pause().start().start().success({ records: 0 }).fail()

  expect(story.runs.map(({ status }) => status)).toEqual(['overlapped', 'success', 'failed'])
  expect(story.alerts).toEqual([])
  expect(story.state.status).toBe('paused')
})

describe('resume', () => {
  // [I]
  it('sends no recovery from a silent failure that happened during the pause', () => {
    const rules = [{ field: 'records', operator: 'eq', threshold: 0 }] as const
    const story = scenario({ rules }).pause().success({ records: 0 }).resume().success({ records: 3 })

    expect(story.alerts.filter(({ suppressed }) => suppressed === undefined)).toEqual([])
  })

  // [I]
  it.each([
    ['2026-01-05T12:04:59Z', 0],
    ['2026-01-05T12:05:00Z', 1],
  ])('begins a fresh window: resumed at 11:30, swept at %s, %d alerts', (at, alerts) => {
    const story = scenario(hourly)
      .at('2026-01-05T09:00:00Z')
      .success()
      .pause()
      .at('2026-01-05T11:30:00Z')
      .resume()
      .at(at)
      .sweep()

    expect(story.alerts).toHaveLength(alerts)
  })

  // [I]
  it.each([
    ['2026-01-05T11:40:00.000Z', 0],
    ['2026-01-05T11:40:00.001Z', 1],
  ])('counts an open run against its limit from the resume on: swept at %s, %d alerts', (at, alerts) => {
    const story = scenario({ graceSeconds: 300 })
      .at('2026-01-05T09:00:00Z')
      .start()
      .pause()
      .at('2026-01-05T11:30:00Z')
      .resume()
      .at(at)
      .sweep()

    expect(story.alerts).toHaveLength(alerts)
    expect(story.runs).toHaveLength(alerts)
  })

  it('leaves a monitor waiting that was never pinged', () => {
    expect(scenario(hourly).pause().resume().sweepUntil('2026-01-06T00:00:00Z').state.status).toBe('waiting')
  })

  it('leaves a monitor failing that was failing, and its outage goes on', () => {
    const story = scenario()
      .at('2026-01-05T09:00:00Z')
      .fail()
      .pause()
      .at('2026-01-05T10:00:00Z')
      .resume()
      .at('2026-01-05T11:00:00Z')
      .success()

    expect(story.alerts).toMatchObject([
      { type: 'failure' },
      { type: 'recovery', details: { outageMs: 7_200_000 } },
    ])
  })

  it('lets a success in the pause end the outage without a word', () => {
    const story = scenario().fail().pause().success().resume().success()

    expect(story.state.status).toBe('active')
    expect(story.alerts.map(({ type }) => type)).toEqual(['failure'])
  })

  it('announces no recovery from a failure that was not notified', () => {
    const story = scenario().success().pause().fail().resume()

    expect(story.state.status).toBe('active')
    expect(story.success().alerts).toEqual([])
  })
})

it('pauses and resumes twice as it does once', () => {
  const once = scenario(hourly).at('2026-01-05T09:00:00Z').start().pause().at('2026-01-05T09:30:00Z').resume()
  const twice = scenario(hourly)
    .at('2026-01-05T09:00:00Z')
    .start()
    .pause()
    .pause()
    .at('2026-01-05T09:30:00Z')
    .resume()
    .at('2026-01-05T09:40:00Z')
    .resume()

  expect(twice.state).toEqual(once.state)
  expect(once.state).toMatchObject({ openRun: { watchedFrom: instantOf('2026-01-05T09:30:00Z') } })
})

describe('a pause with an end', () => {
  it('ends by itself, and what is expected afterwards is missed again', () => {
    const story = scenario(hourly)
      .at('2026-01-05T09:00:00Z')
      .success()
      .pause('2026-01-05T12:30:00Z')
      .sweepUntil('2026-01-05T13:04:00Z')
    expect(story.state.status).toBe('active')
    expect(story.alerts).toEqual([])

    story.sweepUntil('2026-01-05T13:06:00Z')
    expect(story.alerts).toMatchObject([
      { type: 'missed', details: { expectedAt: instantOf('2026-01-05T13:00:00Z') } },
    ])
  })

  it('is over for a ping that comes before the sweep', () => {
    const story = scenario(hourly)
      .pause('2026-01-05T09:00:00Z')
      .at('2026-01-05T08:59:59Z')
      .fail()
      .at('2026-01-05T09:00:00Z')
      .fail()
    expect(story.alerts.map(({ type }) => type)).toEqual(['failure'])
  })

  it('gives the same alerts whenever the sweep after its end comes', () => {
    const begin = () => scenario(hourly).at('2026-01-05T09:00:00Z').success().pause('2026-01-05T12:30:00Z')
    const late = begin().at('2026-01-05T15:30:00Z').sweep()
    const regular = begin().sweepUntil('2026-01-05T15:30:00Z')
    expect(late.runs.map(({ status }) => status)).toEqual(regular.runs.map(({ status }) => status))
    expect(late.runs.map(({ status }) => status)).toEqual(['success', 'missed', 'missed', 'missed'])
  })

  it('gets another end from another pause, or none', () => {
    const story = scenario(hourly)
      .at('2026-01-05T09:00:00Z')
      .success()
      .pause('2026-01-05T10:00:00Z')
      .pause('2026-01-05T11:00:00Z')
      .at('2026-01-05T10:30:00Z')
      .sweep()
    expect(story.state.status).toBe('paused')
    expect(story.pause().at('2026-01-06T00:00:00Z').sweep().state.status).toBe('paused')
  })
})
