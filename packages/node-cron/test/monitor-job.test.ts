import { CrontifyMonitor } from '@crontify/sdk'
import { expect, it } from 'vitest'
import { monitorJob } from '../src/index.ts'
import { EVERY_SECOND, setUp, task } from './support/rig.ts'

it('sends a start and a success with the numbers of the result', async () => {
  const { server, monitor, seen } = await setUp()

  const result = await task(monitorJob(monitor, async () => ({ files: 12, name: 'x', ratio: 0.5 }))).execute()

  expect(result).toEqual({ files: 12, name: 'x', ratio: 0.5 })
  expect(await seen()).toEqual(['success'])
  expect(server.runs('nightly-backup')[0]).toMatchObject({ meta: { files: 12, ratio: 0.5 } })
})

it('runs at the times of the scheduler', async () => {
  const { monitor, seen } = await setUp()
  let ran = (): void => {}
  const once = new Promise<void>((resolve) => (ran = resolve))
  const scheduled = task(
    monitorJob(monitor, (context) => {
      ran()
      return { slot: context.date.getTime() }
    }),
    {},
    EVERY_SECOND,
  )

  await scheduled.start()
  await once
  await scheduled.stop()

  expect((await seen())[0]).toBe('success')
})

it.each([
  ['an Error', new Error('disk is full'), 'disk is full'],
  ['a text', 'disk is full', 'disk is full'],
  ['undefined', undefined, 'undefined was thrown'],
])(
  'reports one failure when the job throws %s, and node-cron sees it too',
  async (_name, thrown, message) => {
    const { server, monitor, seen } = await setUp()
    const failing = task(monitorJob(monitor, () => Promise.reject(thrown as Error)))
    let failures = 0
    failing.on('execution:failed', () => void failures++)

    await failing.execute().catch(() => {})

    expect(await seen()).toEqual(['failed'])
    expect(server.runs('nightly-backup')[0]).toMatchObject({ errorMessage: message })
    expect(failures).toBe(1)
  },
)

it('reports a failure when a synchronous job throws', async () => {
  const { monitor, seen } = await setUp()
  const failing = task(
    monitorJob(monitor, () => {
      throw new Error('disk is full')
    }),
  )

  await failing.execute().catch(() => {})

  expect(await seen()).toEqual(['failed'])
})

it('reports two runs at once as an overlap, and ends only the newer one', async () => {
  const { server, monitor, seen } = await setUp()
  const ends: (() => void)[] = []
  let bothBegan = (): void => {}
  const both = new Promise<void>((resolve) => (bothBegan = resolve))
  const job = () =>
    new Promise<void>((resolve) => {
      if (ends.push(resolve) === 2) bothBegan()
    })
  const slow = task(monitorJob(monitor, job))

  const older = slow.execute()
  const newer = slow.execute()
  await both
  ends[0]?.()
  await older
  ends[1]?.()
  await newer

  expect(await seen()).toEqual(['overlapped', 'success'])
  expect(server.alerts().map(({ type }) => type)).toEqual(['overlapped'])
})

it('sends nothing for a tick that noOverlap skips', async () => {
  const { monitor, seen } = await setUp()
  let end = (): void => {}
  const job = () => new Promise<void>((resolve) => (end = resolve))
  const slow = task(monitorJob(monitor, job), { noOverlap: true }, EVERY_SECOND)
  const skipped = new Promise<void>((resolve) => slow.on('execution:overlap', () => resolve()))

  await slow.start()
  await skipped
  await slow.stop()
  expect(await seen()).toEqual(['running'])
  const finished = new Promise<void>((resolve) => slow.on('execution:finished', () => resolve()))
  end()
  await finished

  expect(await seen()).toEqual(['success'])
})

it('does not count a run by hand where it is told so', async () => {
  const { monitor, seen } = await setUp()

  expect(await task(monitorJob(monitor, () => 'done', { manual: false })).execute()).toBe('done')

  expect(await seen()).toEqual([])
})

it('sends nothing for a slot that another replica was elected for', async () => {
  const { monitor, seen } = await setUp()
  let asked = (): void => {}
  const skipped = new Promise<void>((resolve) => (asked = resolve))
  const elsewhere = task(
    monitorJob(monitor, () => 'done'),
    { distributed: true, runCoordinator: { shouldRun: async () => false } },
    EVERY_SECOND,
  )
  elsewhere.on('execution:skipped', () => asked())

  await elsewhere.start()
  await skipped
  await elsewhere.stop()

  expect(await seen()).toEqual([])
})

it('changes nothing about the job when the service is not there', async () => {
  const monitor = new CrontifyMonitor({
    apiKey: 'ck_live_test0123',
    monitorId: 'nightly-backup',
    baseUrl: 'http://127.0.0.1:1',
    logger: false,
  })

  expect(await task(monitorJob(monitor, () => 'done')).execute()).toBe('done')
})

it('refuses a path at once', async () => {
  const { monitor } = await setUp()

  expect(() => monitorJob(monitor, './backup.js' as never)).toThrow(TypeError)
})

it.each([
  [undefined, []],
  [true, ['start']],
] as const)('tells of the start before a job that blocks, with awaitStart: %s', async (awaitStart, told) => {
  const { server, monitor, seen } = await setUp()
  let known: readonly string[] = ['nothing']
  const blocking = monitorJob(
    monitor,
    () => {
      known = server.pings().map(({ kind }) => kind)
    },
    { awaitStart },
  )

  await task(blocking).execute()

  expect(known).toEqual(told)
  expect(await seen()).toEqual(['success'])
})
