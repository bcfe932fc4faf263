import type { MockServer } from '../mock-server.ts'

/** As much of a local Crontify as assertions look at. */
export type AlertingMock = Pick<
  MockServer,
  'alerts' | 'runs' | 'notifications' | 'monitors' | 'explain' | 'channels'
>

/** True for a local Crontify; matchers are given whatever stands in `expect(…)`. */
export function isAlertingMock(value: unknown): value is AlertingMock {
  if (typeof value !== 'object' || value === null) return false
  const needed = ['alerts', 'runs', 'notifications', 'monitors', 'explain', 'channels']
  return needed.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'function')
}
