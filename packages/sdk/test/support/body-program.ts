import { createMockServer, type MockServer } from '@crontify/mock-server'
import { onTestFinished } from 'vitest'
import {
  bundleProgram,
  startProgram,
  type Ending,
  type RunOptions,
  type RunningProgram,
} from './run-program.ts'

/** A server with a monitor `nightly-backup`, and programs that talk to it. */
export interface BodyPrograms {
  readonly server: MockServer
  /** Status and message of each run, oldest first. */
  runs(): readonly { readonly status: string; readonly errorMessage: string | undefined }[]
  start(body: string, options?: BodyOptions): Promise<RunningProgram>
  run(body: string, options?: BodyOptions): Promise<Ending>
}

export interface BodyOptions extends RunOptions {
  readonly delivery?: object
  /** @default the server's */
  readonly baseUrl?: string
  /** What comes before the client is loaded. */
  readonly before?: string
}

/** Programs that have a `monitor` and run the body of an async function; all ends with the test. */
export async function bodyPrograms(options: { readonly host?: string } = {}): Promise<BodyPrograms> {
  const server = await createMockServer({ ...options, monitors: [{ id: 'nightly-backup' }] })
  onTestFinished(() => server.close())
  const start: BodyPrograms['start'] = async (body, options = {}) => {
    const { delivery = {}, baseUrl = server.url, before = '', ...rest } = options
    const file = await bundleProgram(`
      ${before}
      const { CrontifyMonitor } = require('../src/index.ts')
      const monitor = new CrontifyMonitor({
        monitorId: 'nightly-backup',
        delivery: JSON.parse(process.env['DELIVERY']),
      })
      void (async () => { ${body} })()
    `)
    const env = {
      CRONTIFY_API_KEY: server.apiKey,
      CRONTIFY_BASE_URL: baseUrl,
      DELIVERY: JSON.stringify(delivery),
      ...rest.env,
    }
    return startProgram(file, { ...rest, env })
  }
  return {
    server,
    runs: () => server.runs('nightly-backup').map(({ status, errorMessage }) => ({ status, errorMessage })),
    start,
    run: async (body, options) => (await start(body, options)).ending,
  }
}
