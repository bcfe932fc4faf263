import { readFileSync } from 'node:fs'
import { Cron } from 'croner'
import { expect, it } from 'vitest'
import { describeAdapter } from '../../src/index.ts'
import { monitorCron } from './monitor-cron.ts'

const pinger = { start: () => {}, success: () => {}, fail: () => {} }

describeAdapter(
  'the example of the guide, on Croner',
  {
    kind: 'job',
    open: async ({ monitor, job, meta }) => {
      let result: unknown
      const keeping = async (): Promise<unknown> => (result = await job())
      const watched = monitor === undefined ? keeping : monitorCron(monitor, keeping, { meta })
      // Croner's types want jobs without a result.
      const cron = new Cron('0 0 1 1 *', { paused: true }, watched as () => Promise<void>)
      return {
        run: () =>
          cron.trigger().then(
            () => ({ type: 'succeeded', result }) as const,
            (error: unknown) => ({ type: 'failed', error }) as const,
          ),
        close: async () => cron.stop(),
      }
    },
    wrongObjects: [
      {
        name: 'a pattern',
        watch: () => monitorCron(pinger, '0 3 * * *' as never),
        says: /takes the job as a function; this is a string/,
      },
    ],
  },
  {
    'a job that is watched twice is pinged once, with one warning':
      'one function inside another looks like two jobs; nothing tells them apart',
  },
)

it('is printed in the guide as it stands', () => {
  const source = readFileSync(new URL('./monitor-cron.ts', import.meta.url), 'utf8')
  const guide = readFileSync(new URL('../../../../docs/writing-an-adapter.md', import.meta.url), 'utf8')

  expect(guide).toContain(source)
})
