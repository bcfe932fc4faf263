import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node'

/**
 * Ends a test run with `N passed, N failed` alone on a line, counted from the tests that really ran.
 *
 * A file that breaks before its tests, an unhandled error and an interrupted run each count as a failure. With
 * `failOnSkipped`, a skipped test fails the run: on CI nothing may pass by not running.
 */
// eslint-disable-next-line no-restricted-syntax -- Vitest loads the default export of a reporter file
export default class ClosingLineReporter implements Reporter {
  readonly #failOnSkipped: boolean

  constructor(options: { failOnSkipped?: boolean } = {}) {
    this.#failOnSkipped = options.failOnSkipped ?? false
  }

  onTestRunEnd(
    testModules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const testModule of testModules) {
      for (const test of testModule.children.allTests()) count[test.result().state]++
      const brokenFile = testModule.state() === 'failed' && testModule.errors().length > 0
      if (brokenFile) count.failed++
    }
    const failed = count.failed + count.pending + unhandledErrors.length + (reason === 'interrupted' ? 1 : 0)
    if (count.passed + failed === 0 || (this.#failOnSkipped && count.skipped > 0)) process.exitCode = 1
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
    process.stdout.write(`\n${count.passed} passed, ${failed} failed${skipped}\n`)
  }
}
