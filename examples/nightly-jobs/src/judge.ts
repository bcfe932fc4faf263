import type { MockServer } from '@crontify/mock-server'

/** The alerts of the day, in their order. */
const EXPECTED = [
  'user-sync silent_failure',
  'files-backup failure',
  'user-sync recovery',
  'files-backup recovery',
  'invoice-run overlapped',
  'search-index hung',
  'search-index recovery',
  'log-rotation missed',
  'log-rotation recovery',
] as const

/** Whether the day went as the story says, and what to print about it. */
export function judge(server: MockServer): { readonly passed: boolean; readonly lines: readonly string[] } {
  const came = server.alerts().map((alert) => `${alert.monitorId} ${alert.type}`)
  const healthy = ['files-backup', 'user-sync', 'invoice-run', 'search-index', 'log-rotation'].every(
    (id) => server.runs(id)[0]?.status === 'success',
  )
  const missing = EXPECTED.filter((expected) => !came.includes(expected))
  const surplus = came.filter((alert) => !EXPECTED.some((expected) => expected === alert))
  const twice = came.filter((alert, index) => came.indexOf(alert) !== index)
  const passed = healthy && missing.length === 0 && surplus.length === 0 && twice.length === 0
  return {
    passed,
    lines: [
      '',
      `${healthy ? 'seen   ' : 'MISSING'}  a healthy night: every job ran and succeeded`,
      ...EXPECTED.map((expected) => `${missing.includes(expected) ? 'MISSING' : 'seen   '}  ${expected}`),
      ...surplus.map((alert) => `NOT EXPECTED  ${alert}`),
      ...twice.map((alert) => `TWICE  ${alert}`),
      '',
      passed ? 'Every alert came that should, and none that should not.' : 'The day did not go as expected.',
    ],
  }
}
