import { expect } from 'vitest'
import { type AlertingMock, isAlertingMock } from './testing/alerting-mock.ts'
import type { AlertExpectation, ExpectedAlert, RunExpectation } from './testing/expectation.ts'
import { type TestVerdict, alertedVerdict, noUnexpectedVerdict, runVerdict } from './testing/verdicts.ts'

export type { AlertExpectation, AlertingMock, ExpectedAlert, RunExpectation }

/** What `expect(server)` can do once `@crontify/mock-server/vitest` is imported. */
export interface CrontifyMatchers<Result = unknown> {
  /**
   * The monitor has sent an alert like that: one, or exactly `times`.
   *
   * @example
   * expect(server).toHaveAlerted('nightly-sync', { type: 'silent_failure', channel: 'on-call', within: '6m' })
   */
  toHaveAlerted(monitorId: string, expected?: AlertExpectation): Result
  /** The monitor has a run like that: one, or exactly `times`. */
  toHaveRun(monitorId: string, expected?: RunExpectation): Result
  /** Every alert that was sent is one of these; without any, there was none. */
  toHaveNoUnexpectedAlerts(expected?: readonly ExpectedAlert[]): Result
}

declare module 'vitest' {
  // The parameter must be written as Vitest itself writes it, or the declarations do not merge.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type
  interface Matchers<T = any> extends CrontifyMatchers<void> {}
}

expect.extend({
  toHaveAlerted: (received: unknown, monitorId: string, expected?: AlertExpectation): TestVerdict =>
    alertedVerdict(mockOf(received), monitorId, expected),
  toHaveRun: (received: unknown, monitorId: string, expected?: RunExpectation): TestVerdict =>
    runVerdict(mockOf(received), monitorId, expected),
  toHaveNoUnexpectedAlerts: (received: unknown, expected?: readonly ExpectedAlert[]): TestVerdict =>
    noUnexpectedVerdict(mockOf(received), expected),
})

function mockOf(received: unknown): AlertingMock {
  if (isAlertingMock(received)) return received
  throw new TypeError('expect(…) was not given a mock server: write expect(server).toHaveAlerted(…)')
}
