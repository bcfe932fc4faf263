import { createMockServer, type MockServer } from '@crontify/mock-server'
import { CrontifyMonitor, type MonitorOptions } from '@crontify/sdk'
import { afterEach } from 'vitest'

export const ID = 'nightly-report'
export const URL_OF_JOB = 'http://localhost/job'
const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A monitor and the local Crontify that it pings. */
export interface Rig {
  readonly server: MockServer
  readonly monitor: CrontifyMonitor
  /** Kinds of the pings that the service has got. */
  readonly kinds: () => string
  /** The end that the service got last. */
  readonly end: () => ReturnType<MockServer['pings']>[number] | undefined
}

export async function setUp(options: Partial<MonitorOptions> = {}): Promise<Rig> {
  const server = await createMockServer({ monitors: [{ id: ID }], rateLimitPerMinute: Infinity })
  const { apiKey, url: baseUrl } = server
  const monitor = new CrontifyMonitor({ apiKey, monitorId: ID, baseUrl, logger: false, ...options })
  closers.push(
    () => server.close(),
    () => monitor.close({ withinMs: 100 }),
  )
  return {
    server,
    monitor,
    kinds: () =>
      server
        .pings()
        .map(({ kind }) => kind)
        .join(),
    end: () =>
      server
        .pings()
        .filter(({ kind }) => kind !== 'start')
        .at(-1),
  }
}

/** Warnings of this process while a function runs. */
export async function warningsOf(act: () => unknown): Promise<readonly string[]> {
  const warnings: string[] = []
  const note = ({ name, message }: Error): void => {
    if (name === 'CrontifyWarning') warnings.push(message)
  }
  process.on('warning', note)
  await act()
  // Warnings are emitted in the next turn.
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', note)
  return warnings
}

/** Sets variables of the environment until the test ends; `undefined` removes one. */
export function setEnv(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    const before = process.env[name]
    const set = (next: string | undefined): void => {
      if (next === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = next
    }
    set(value)
    closers.push(() => set(before))
  }
}

/** A promise, and what settles it. */
export function gate<Value = void>(): {
  readonly opened: Promise<Value>
  readonly open: (value: Value) => void
} {
  let open!: (value: Value) => void
  const opened = new Promise<Value>((resolve) => (open = resolve))
  return { opened, open }
}
