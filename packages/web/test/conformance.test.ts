import { describeAdapter, type JobOnScheduler, type RunningAdapter } from '@crontify/adapter-conformance'
import { Hono, type Context } from 'hono'
import { createStaticHandler } from 'react-router'
import { monitorHandler } from '../src/index.ts'

const pinger = { start: () => {}, success: () => {}, fail: () => {} }
const wrongObjects = [
  {
    name: 'a response',
    watch: () => monitorHandler(pinger, new Response('done') as never),
    says: /takes the handler as a function.*got a Response/,
  },
  {
    name: 'a module of handlers',
    watch: () => monitorHandler(pinger, { GET: () => new Response('done') } as never),
    says: /takes the handler as a function.*got an object/,
  },
]
const twice =
  'a handler that is wrapped twice is one function inside another, which nothing tells apart from two jobs'

/** A loader of React Router, as Remix has them: its result is the job's, and the caller gets it as it is. */
async function loader({ job, monitor, meta }: JobOnScheduler): Promise<RunningAdapter> {
  const bare = async (): Promise<unknown> => job()
  // The scheduler goes on at once: a platform waits for the pings.
  const waitUntil = (): void => {}
  const watched =
    monitor === undefined ? bare : monitorHandler(monitor, bare, { meta, waitUntil, secret: false })
  const router = createStaticHandler([{ id: 'job', path: '/job', loader: watched }])
  return {
    run: async () => {
      try {
        const request = new Request('http://localhost/job')
        return { type: 'succeeded', result: await router.queryRoute(request, { routeId: 'job' }) }
      } catch (error) {
        return { type: 'failed', error }
      }
    },
    close: async () => {},
  }
}

/** A route of Hono, whose answer waits for the pings. */
async function route({ job, monitor, meta }: JobOnScheduler): Promise<RunningAdapter> {
  const handler = async (context: Context): Promise<Response> => context.text(typeof (await job()))
  const app = new Hono()
  app.post(
    '/job',
    monitor === undefined ? handler : monitorHandler(monitor, handler, { meta, secret: false }),
  )
  app.onError((error) => {
    throw error
  })
  return {
    run: async () => {
      try {
        const answer = await app.request('/job', { method: 'POST' })
        return { type: 'succeeded', result: `${answer.status} ${await answer.text()}` }
      } catch (error) {
        return { type: 'failed', error }
      }
    },
    close: async () => {},
  }
}

describeAdapter(
  '@crontify/web, loaders of React Router',
  { kind: 'job', open: loader, wrongObjects },
  { 'a job that is watched twice is pinged once, with one warning': twice },
)

const isResponse = 'a handler of Hono returns a response, which is not looked into for numbers'
describeAdapter(
  '@crontify/web, routes of Hono',
  { kind: 'job', open: route, wrongObjects },
  {
    'a job that is watched twice is pinged once, with one warning': twice,
    'the finite numbers of the result become metadata': isResponse,
    'the option meta makes the metadata': isResponse,
    'with a schema only its fields of the result are sent': isResponse,
  },
)
