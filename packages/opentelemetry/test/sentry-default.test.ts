import { createMockServer } from '@crontify/mock-server'
import { Crontify } from '@crontify/sdk'
import * as Sentry from '@sentry/node'
import { expect, it, onTestFinished } from 'vitest'
import { traceRuns } from '../src/index.ts'
import { keptEnvelopes } from './support/sentry-envelopes.ts'

it('makes no span where Sentry was set up without OpenTelemetry, as it is by default', async () => {
  const { items, transport } = keptEnvelopes()
  Sentry.init({ dsn: 'https://key@sentry.invalid/1', tracesSampleRate: 1, transport })
  const server = await createMockServer({ monitors: [{ id: 'nightly-report' }] })
  onTestFinished(async () => {
    await Sentry.close()
    await server.close()
  })
  const crontify = new Crontify({ apiKey: server.apiKey, baseUrl: server.url, logger: false })
  traceRuns(crontify)

  const running = crontify.monitor('nightly-report').wrap(() => Promise.reject(new Error('no rows')))

  await expect(running).rejects.toThrow('no rows')
  await Sentry.flush()
  expect(JSON.stringify(items)).not.toContain('run nightly-report')
  expect(server.pings().at(-1)?.logOutput).toMatch(/^Error: no rows/)
})
