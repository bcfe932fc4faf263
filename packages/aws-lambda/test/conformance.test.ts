import { describeAdapter, type JobOnScheduler, type RunningAdapter } from '@crontify/adapter-conformance'
import { monitorLambda } from '../src/index.ts'

const pinger = { start: () => {}, success: () => {}, fail: () => {} }

/** Invokes a function as Lambda's runtime does: with an event and a context, one call at a time. */
async function invoke({ job, monitor, meta }: JobOnScheduler): Promise<RunningAdapter> {
  const handler = async (): Promise<unknown> => job()
  const neverFires = (): (() => void) => () => {}
  const watched = monitor === undefined ? handler : monitorLambda(monitor, handler, { meta }, neverFires)
  // So little time is left that it waits for no ping: the suite looks at what happens meanwhile.
  const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 0 }
  return {
    run: async () => {
      try {
        const result = await (watched as (event: object, context: object) => Promise<unknown>)({}, context)
        return { type: 'succeeded', result }
      } catch (error) {
        return { type: 'failed', error }
      }
    },
    close: async () => {},
  }
}

describeAdapter(
  '@crontify/aws-lambda',
  {
    kind: 'job',
    open: invoke,
    wrongObjects: [
      { name: 'an object', watch: () => monitorLambda(pinger, {} as never), says: /takes the handler/ },
    ],
  },
  {
    'a job that is watched twice is pinged once, with one warning':
      'a handler that is wrapped twice is one function inside another, which nothing tells apart from two jobs',
  },
)
