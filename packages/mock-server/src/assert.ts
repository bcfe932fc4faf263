import { AssertionError } from 'node:assert'
import type { AlertingMock } from './testing/alerting-mock.ts'
import type { AlertExpectation, ExpectedAlert, RunExpectation } from './testing/expectation.ts'
import { type TestVerdict, alertedVerdict, noUnexpectedVerdict, runVerdict } from './testing/verdicts.ts'

export type { AlertExpectation, AlertingMock, ExpectedAlert, RunExpectation }

/**
 * Asserts that a monitor has alerted like that.
 *
 * @throws {AssertionError} with the timeline of what did happen.
 * @throws {CrontifyMockError} for an unknown monitor or channel, naming the known ones.
 */
export function assertAlerted(mock: AlertingMock, monitorId: string, expected?: AlertExpectation): void {
  hold(alertedVerdict(mock, monitorId, expected), true, assertAlerted)
}

/** Asserts that a monitor has not alerted like that, or not at all. Throws as {@link assertAlerted} does. */
export function assertNotAlerted(mock: AlertingMock, monitorId: string, expected?: AlertExpectation): void {
  hold(alertedVerdict(mock, monitorId, expected), false, assertNotAlerted)
}

/** Asserts that a monitor has a run like that. Throws as {@link assertAlerted} does. */
export function assertRun(mock: AlertingMock, monitorId: string, expected?: RunExpectation): void {
  hold(runVerdict(mock, monitorId, expected), true, assertRun)
}

/** Asserts that every alert that was sent is one of these; without any, that there was none. */
export function assertNoUnexpectedAlerts(mock: AlertingMock, expected?: readonly ExpectedAlert[]): void {
  hold(noUnexpectedVerdict(mock, expected), true, assertNoUnexpectedAlerts)
}

function hold(verdict: TestVerdict, wanted: boolean, stackStartFn: (...given: never[]) => void): void {
  if (verdict.pass === wanted) return
  throw new AssertionError({ message: verdict.message(), stackStartFn })
}
