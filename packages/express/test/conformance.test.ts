import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describeAdapter, type JobOnScheduler, type RunningAdapter } from '@crontify/adapter-conformance'
import type { Express, NextFunction, Request, Response } from 'express'
import { monitorRoute } from '../src/index.ts'
import { VERSIONS } from './support/rig.ts'

const pinger = { start: () => {}, success: () => {}, fail: () => {} }

/** A route that answers with the job's result; what its caller sees of the job is that answer. */
async function route(
  createApp: () => Express,
  { job, monitor, meta }: JobOnScheduler,
): Promise<RunningAdapter> {
  const handler = async (_req: Request, res: Response, next: NextFunction): Promise<unknown> => {
    try {
      const result = await job()
      res.send('done')
      return result
    } catch (error) {
      // As Express 5 does it, also on 4, which leaves rejections alone; and an error that is false is none for Express.
      next(error ?? new Error('undefined was thrown'))
    }
    return undefined
  }
  const app = createApp()
  app.post('/job', monitor === undefined ? handler : monitorRoute(monitor, handler, { meta }))
  app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
    res.status(500).send(error instanceof Error ? error.message : String(error))
  })
  const http = app.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/job`
  return {
    run: async () => {
      const answer = await fetch(url, { method: 'POST' })
      const text = await answer.text()
      return answer.ok ? { type: 'succeeded', result: text } : { type: 'failed', error: text }
    },
    close: async () => {
      http.closeAllConnections()
      http.close()
    },
  }
}

for (const [version, createApp] of VERSIONS) {
  describeAdapter(
    `@crontify/express on ${version}`,
    {
      kind: 'job',
      open: (setting) => route(createApp, setting),
      wrongObjects: [
        { name: 'a list', watch: () => monitorRoute(pinger, [] as never), says: /wrap the one handler/ },
        {
          name: 'an error handler',
          watch: () => monitorRoute(pinger, ((_a: 1, _b: 1, _c: 1, _d: 1) => {}) as never),
          says: /at most 3 parameters; this is a function of 4/,
        },
      ],
    },
    {
      'a job that is watched twice is pinged once, with one warning':
        'a handler that is wrapped twice is one function inside another, which nothing tells apart from two jobs',
    },
  )
}
