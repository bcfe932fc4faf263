import { describeAdapter, type JobOnScheduler, type RunningAdapter } from '@crontify/adapter-conformance'
import Fastify from 'fastify'
import { monitorRoute } from '../src/index.ts'

const pinger = { start: () => {}, success: () => {}, fail: () => {} }

/** A route that answers with the job's result; what its caller sees of the job is that answer. */
async function route({ job, monitor, meta }: JobOnScheduler): Promise<RunningAdapter> {
  const handler = async (_request: unknown, reply: { send(text: string): unknown }): Promise<unknown> => {
    const result = await job()
    reply.send('done')
    return result
  }
  const app = Fastify({ forceCloseConnections: true })
  app.post('/job', monitor === undefined ? handler : monitorRoute(monitor, handler, { meta }))
  app.setErrorHandler((error, _request, reply) => {
    void reply.code(500).send(error instanceof Error ? error.message : String(error))
  })
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/job`
  return {
    run: async () => {
      const answer = await fetch(url, { method: 'POST' })
      const text = await answer.text()
      return answer.ok ? { type: 'succeeded', result: text } : { type: 'failed', error: text }
    },
    close: () => app.close(),
  }
}

describeAdapter(
  '@crontify/fastify on Fastify 5',
  {
    kind: 'job',
    open: route,
    wrongObjects: [
      { name: 'a list', watch: () => monitorRoute(pinger, [] as never), says: /a handler of Fastify/ },
    ],
  },
  {
    'a job that is watched twice is pinged once, with one warning':
      'a handler that is wrapped twice is one function inside another, which nothing tells apart from two jobs',
  },
)
