import { EventEmitter } from 'node:events'
import { monitorLambda } from '@crontify/aws-lambda'
import { monitorRoute as expressRoute } from '@crontify/express'
import { monitorRoute as fastifyRoute } from '@crontify/fastify'
import { monitorJob } from '@crontify/node-cron'
import { Crontify, monitored, type CrontifyMonitor } from '@crontify/sdk'
import { observeRuns } from '@crontify/sdk/adapter'
import { monitorHandler } from '@crontify/web'
import { expect, it } from 'vitest'

const TRIGGER = 'faas.trigger'

async function nightlyReport(): Promise<string> {
  return 'done'
}

function closedResponse() {
  return { statusCode: 200, writableFinished: true, closed: true, on: () => {}, once: () => {} }
}

/** How each entry point calls the job, and the trigger that its runs have. */
const CALLS: Readonly<Record<string, [(monitor: CrontifyMonitor) => unknown, trigger?: string]>> = {
  wrap: [(monitor) => monitor.wrap(nightlyReport)],
  monitored: [(monitor) => monitored(monitor, nightlyReport)()],
  'monitorJob of node-cron': [(monitor) => monitorJob(monitor, nightlyReport)({} as never), 'timer'],
  'monitorHandler of web': [(monitor) => monitorHandler(monitor, nightlyReport, { secret: false })(), 'http'],
  'monitorRoute of Express': [
    (monitor) =>
      expressRoute(monitor, nightlyReport as (...call: unknown[]) => unknown)({}, closedResponse(), () => {}),
    'http',
  ],
  'monitorRoute of Fastify': [
    (monitor) =>
      fastifyRoute(monitor, nightlyReport as (...call: unknown[]) => unknown)(
        {},
        { raw: new EventEmitter() },
      ),
    'http',
  ],
  monitorLambda: [(monitor) => monitorLambda(monitor, nightlyReport)({}, {} as never)],
}

it.each(Object.entries(CALLS))(
  'names the function of the job, and what triggers it: %s',
  async (_name, [call, trigger]) => {
    const crontify = new Crontify({ enabled: false })
    const seen: unknown[] = []
    observeRuns(crontify, { begin: ({ attributes }) => void seen.push(attributes) })

    await call(crontify.monitor('nightly-report') as CrontifyMonitor)

    expect(seen).toMatchObject([
      { 'code.function.name': 'nightlyReport', ...(trigger !== undefined && { [TRIGGER]: trigger }) },
    ])
  },
)
