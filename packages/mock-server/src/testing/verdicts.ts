import { inspect } from 'node:util'
import type { MockAlert } from '../mock-records.ts'
import type { AlertingMock } from './alerting-mock.ts'
import {
  type AlertExpectation,
  type ExpectedAlert,
  type RunExpectation,
  isSuchAlert,
  isSuchRun,
} from './expectation.ts'

/** Whether it is so, and what to say where that is not what was hoped for. */
export interface TestVerdict {
  readonly pass: boolean
  /** Begins with what was expected, or with `not`; ends in the timeline of what did happen. */
  readonly message: () => string
}

/** Whether a monitor has alerted like that. */
export function alertedVerdict(
  mock: AlertingMock,
  monitorId: string,
  expected: AlertExpectation = {},
): TestVerdict {
  const matching = mock.alerts(monitorId).filter((alert) => isSuchAlert(alert, expected, mock))
  return counted(mock, monitorId, matching.length, 'alert', expected)
}

/** Whether a monitor has a run like that. */
export function runVerdict(
  mock: AlertingMock,
  monitorId: string,
  expected: RunExpectation = {},
): TestVerdict {
  const matching = mock.runs(monitorId).filter((run) => isSuchRun(run, expected))
  return counted(mock, monitorId, matching.length, 'run', expected)
}

/** Whether every alert that was sent is one of these. */
export function noUnexpectedVerdict(
  mock: AlertingMock,
  expected: readonly ExpectedAlert[] = [],
): TestVerdict {
  const isExpected = (alert: MockAlert): boolean =>
    alert.suppressed !== undefined ||
    expected.some(
      (one) =>
        (one.monitorId === undefined || one.monitorId === alert.monitorId) && isSuchAlert(alert, one, mock),
    )
  const unexpected = mock.alerts().filter((alert) => !isExpected(alert))
  const ids = [...new Set(unexpected.map(({ monitorId }) => monitorId))]
  return {
    pass: unexpected.length === 0,
    message: () =>
      unexpected.length === 0
        ? 'There was an unexpected alert to be: every alert that was sent was expected'
        : [
            `${unexpected.length} unexpected ${unexpected.length === 1 ? 'alert' : 'alerts'}:`,
            ...unexpected.map(({ at, type, message }) => `  ${at} ${type}: ${message}`),
            ...ids.flatMap((id) => ['', mock.explain(id)]),
          ].join('\n'),
  }
}

function counted(
  mock: AlertingMock,
  monitorId: string,
  count: number,
  what: 'alert' | 'run',
  { times, ...rest }: AlertExpectation | RunExpectation,
): TestVerdict {
  const pass = times === undefined ? count > 0 : count === times
  const like =
    Object.keys(rest).length === 0 ? '' : ` like ${inspect(rest, { depth: 4, breakLength: Infinity })}`
  const wanted = times === undefined ? `at least one ${what}` : `${times} ${what}${times === 1 ? '' : 's'}`
  return {
    pass,
    message: () =>
      [
        `${pass ? 'Did not expect' : 'Expected'} ${wanted} of ${monitorId}${like}, and there ${count === 1 ? 'was' : 'were'} ${count}.`,
        '',
        mock.explain(monitorId),
      ].join('\n'),
  }
}
