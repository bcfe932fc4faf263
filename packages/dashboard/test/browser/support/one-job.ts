import { createMockServer, type MockServer, type MockServerOptions } from '@crontify/mock-server'
import type { ChannelDefinition, MonitorDefinition } from '@crontify/protocol'
import type { Locator, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

export const job: MonitorDefinition = { id: 'job', everySeconds: 600, graceSeconds: 60, channels: ['ops'] }
export const ops: ChannelDefinition = { id: 'ops', kind: 'email', to: 'ops@example.com' }

/** A server with one job and one channel, closed at the end of the test. */
export async function start(options: MockServerOptions = {}): Promise<MockServer> {
  const server = await createMockServer({ clock: 'virtual', monitors: [job], channels: [ops], ...options })
  onTestFinished(() => server.close())
  return server
}

/** The row of a monitor in the list. */
export const row = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
