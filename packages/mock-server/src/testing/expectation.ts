import { isDeepStrictEqual } from 'node:util'
import type { AlertType, Meta, RunStatus, Severity } from '@crontify/protocol'
import { durationMsOf } from '../duration.ts'
import type { MockAlert, MockRun } from '../mock-records.ts'
import type { Duration } from '../time-texts.ts'
import type { AlertingMock } from './alerting-mock.ts'

/** What an alert should be like; what is left out does not matter. */
export interface AlertExpectation {
  readonly type?: AlertType
  readonly severity?: Severity
  /** A part of the message, or a pattern. */
  readonly message?: string | RegExp
  /** The id of a channel that got it. */
  readonly channel?: string
  /**
   * At most this long after the job gave cause: the end of the run, the expected start of a missed one, the start of one
   * that hangs or was overlapped.
   */
  readonly within?: Duration
  /** Facts of the alert, by name. */
  readonly details?: Readonly<Record<string, unknown>>
  /** Exactly so many such alerts. @default at least one */
  readonly times?: number
}

/** What a run should be like; what is left out does not matter. */
export interface RunExpectation {
  readonly status?: RunStatus
  /** Numbers that it has, by name. */
  readonly meta?: Meta
  /** A part of the error message, or a pattern. */
  readonly errorMessage?: string | RegExp
  readonly isDurationAnomaly?: boolean
  /** Exactly so many such runs. @default at least one */
  readonly times?: number
}

/** An alert that is no surprise. */
export type ExpectedAlert = AlertExpectation & { readonly monitorId?: string }

/** Whether an alert that was sent is like that. One that was suppressed was not sent. */
export function isSuchAlert(alert: MockAlert, expected: AlertExpectation, mock: AlertingMock): boolean {
  const { type, severity, message, channel, within, details } = expected
  return (
    alert.suppressed === undefined &&
    (type === undefined || alert.type === type) &&
    (severity === undefined || alert.severity === severity) &&
    (message === undefined || says(alert.message, message)) &&
    (details === undefined || hasAll(alert.details, details)) &&
    (channel === undefined || reached(alert, channel, mock)) &&
    (within === undefined || delayMs(alert, mock) <= durationMsOf(within))
  )
}

/** Whether a run is like that. */
export function isSuchRun(run: MockRun, expected: RunExpectation): boolean {
  const { status, meta, errorMessage, isDurationAnomaly } = expected
  return (
    (status === undefined || run.status === status) &&
    (meta === undefined || hasAll(run.meta ?? {}, meta)) &&
    (errorMessage === undefined || says(run.errorMessage ?? '', errorMessage)) &&
    (isDurationAnomaly === undefined || (run.isDurationAnomaly ?? false) === isDurationAnomaly)
  )
}

/** Milliseconds from the moment when the job gave cause to the alert. */
export function delayMs(alert: MockAlert, mock: AlertingMock): number {
  const run = mock.runs(alert.monitorId).find(({ runId }) => runId === alert.runId)
  const isStart = alert.type === 'hung' || alert.type === 'overlapped'
  const cause = run?.expectedAt ?? (isStart ? run?.startedAt : run?.endedAt)
  return cause === undefined ? Infinity : Date.parse(alert.at) - Date.parse(cause)
}

function reached(alert: MockAlert, channelId: string, mock: AlertingMock): boolean {
  if (!mock.channels().some(({ id }) => id === channelId)) {
    const ids = mock.channels().map(({ id }) => id)
    const there = ids.length === 0 ? 'this server has none' : `this server has ${ids.join(', ')}`
    throw new RangeError(`There is no channel ${JSON.stringify(channelId)}; ${there}`)
  }
  return mock
    .notifications(channelId)
    .some(
      ({ monitorId, runId, alertType, at }) =>
        monitorId === alert.monitorId && runId === alert.runId && alertType === alert.type && at === alert.at,
    )
}

function says(text: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? text.includes(expected) : expected.test(text)
}

function hasAll(
  actual: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(expected).every(([name, value]) => isDeepStrictEqual(actual[name], value))
}
