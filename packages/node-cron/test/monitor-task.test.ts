import cron from 'node-cron'
import { expect, it, vi } from 'vitest'
import { monitorJob, monitorTask, watchTask, type TaskNotice } from '../src/index.ts'
import {
  destroyedAtEnd,
  EVERY_SECOND,
  eventOf,
  fileTask,
  NEVER_SOON,
  quiet,
  setUp,
  task,
} from './support/rig.ts'

const MONITOR = 'nightly-backup'

it('sends a start and a success with the numbers that a file task returns', async () => {
  const { server, monitor, seen } = await setUp()
  const report = monitorTask(monitor, fileTask('report.mjs'))
  await report.start()

  const result: unknown = await report.execute()

  expect(result).toMatchObject({ rows: 12, name: 'report' })
  expect(await seen()).toEqual(['success'])
  expect(server.runs(MONITOR)[0]?.meta).toEqual({
    rows: 12,
    slot: (result as { slot: number }).slot,
    duration_ms: expect.any(Number) as number,
  })
})

it('lets a file task be named beside the file that makes it, as node-cron does', async () => {
  const { monitor, seen } = await setUp()
  const report = destroyedAtEnd(
    monitorTask(monitor, cron.createTask(NEVER_SOON, './files/report.mjs', { logger: quiet })),
  )
  await report.start()

  await report.execute()

  expect(await seen()).toEqual(['success'])
})

it('reports what a file task throws, and the caller of execute sees it too', async () => {
  const { server, monitor, seen } = await setUp()
  const failing = monitorTask(monitor, fileTask('fail.mjs'))
  await failing.start()

  await expect(failing.execute()).rejects.toThrow('disk is full')

  expect(await seen()).toEqual(['failed'])
  expect(server.runs(MONITOR)).toMatchObject([{ errorMessage: 'disk is full' }])
})

it('fails the run of a file task whose process is killed, and tells that the task is gone', async () => {
  const { server, monitor, seen } = await setUp()
  const notices: TaskNotice[] = []
  const dying = monitorTask(monitor, fileTask('die.mjs', {}, EVERY_SECOND), {
    onNotice: (notice) => notices.push(notice),
  })
  const lost = eventOf(dying, 'task:failed')

  await dying.start()
  await lost

  expect(await seen()).toEqual(['failed'])
  expect(server.runs(MONITOR)[0]?.errorMessage).toContain('SIGKILL')
  expect(notices.map(({ kind, at }) => [kind, Number.isFinite(at.getTime())])).toEqual([
    ['process-lost', true],
  ])
})

it('leaves a run open whose process ended by itself, because node-cron says nothing of it', async () => {
  const { monitor, seen } = await setUp()
  // Nothing to end: its process does that by itself, and node-cron would wait for it in vain.
  const leaving = monitorTask(
    monitor,
    cron.createTask(NEVER_SOON, './files/leave.mjs', { executeTimeout: 500, logger: quiet }),
  )
  await leaving.start()

  await leaving.execute().catch(() => {})

  expect(await seen()).toEqual(['running'])
})

it('makes metadata of a result, and goes without when that throws', async () => {
  const { server, monitor, seen } = await setUp()
  let results = 0
  const meta = (result: unknown): Record<string, number> => {
    results++
    if (results === 1) return { count: (result as { rows: number }).rows + 1 }
    throw new Error('no metadata today')
  }
  const report = monitorTask(monitor, fileTask('report.mjs'), { meta })
  await report.start()

  await report.execute()
  await report.execute()

  expect(await seen()).toEqual(['success', 'success'])
  expect(server.runs(MONITOR).map((run) => run.meta)).toEqual([
    { count: 13, duration_ms: expect.any(Number) as number },
    { duration_ms: expect.any(Number) as number },
  ])
})

it('does not count a run by hand where it is told so', async () => {
  const { monitor, seen } = await setUp()
  const report = monitorTask(
    monitor,
    task(() => 'done'),
    { manual: false },
  )

  expect(await report.execute()).toBe('done')

  expect(await seen()).toEqual([])
})

it('begins a run of a function before the random delay, and leaves it open where the task is stopped in it', async () => {
  const { monitor, seen } = await setUp()
  const jittery = task(() => 'done', { maxRandomDelay: 60_000_000 }, EVERY_SECOND)
  monitorTask(monitor, jittery)
  const started = eventOf(jittery, 'execution:started')

  await jittery.start()
  await started
  await jittery.stop()

  expect(await seen()).toEqual(['running'])
})

it('has a wrapped function send nothing for a run that is stopped in the random delay', async () => {
  const { monitor, seen } = await setUp()
  const jittery = task(
    monitorJob(monitor, () => 'done'),
    { maxRandomDelay: 60_000_000 },
    EVERY_SECOND,
  )
  const started = eventOf(jittery, 'execution:started')

  await jittery.start()
  await started
  await jittery.stop()

  expect(await seen()).toEqual([])
})

it('pings once for a task that is watched twice, and says so once', async () => {
  const { monitor, seen } = await setUp()
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const both = monitorTask(monitor, task(monitorJob(monitor, () => ({ rows: 3 }))))

  expect(await both.execute()).toEqual({ rows: 3 })
  await both.execute()

  expect(await seen()).toEqual(['success', 'success'])
  expect(warned.mock.calls).toHaveLength(1)
  expect(monitorTask(monitor, both)).toBe(both)
  expect(warned.mock.calls.map(([text]) => String(text))).toEqual([
    expect.stringContaining('monitorTask and, around its function, monitorJob'),
    expect.stringContaining('called again for the same task'),
  ])
  await both.execute()
  expect(await seen()).toEqual(['success', 'success', 'success'])
  warned.mockRestore()
})

it.each([
  ['a function', () => {}, 'this is a function; a function is watched by monitorJob'],
  ['a path', './backup.js', 'this is a string'],
  ['a promise', Promise.resolve(), 'this is a Promise'],
  ['nothing', undefined, 'this is undefined'],
])('refuses %s', async (_name, wrong, found) => {
  const { monitor } = await setUp()

  expect(() => monitorTask(monitor, wrong as never)).toThrow(
    `monitorTask takes a task of node-cron, the object that cron.schedule() or cron.createTask() gives; ${found}`,
  )
  expect(() => watchTask(wrong as never, () => {})).toThrow('watchTask takes a task of node-cron')
})

it('changes nothing about the task when the callbacks of the user fail', async () => {
  const { monitor, seen } = await setUp()
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  const report = fileTask('report.mjs', {}, EVERY_SECOND)
  monitorTask(monitor, report, {
    onNotice: () => {
      throw new Error('nobody listens')
    },
  })
  watchTask(report, async () => {
    throw new Error('nobody listens here either')
  })
  const asEmitter = report as unknown as { emitter: { emit(event: string, context?: unknown): void } }

  for (const event of ['execution:missed', 'task:failed', 'execution:overlap']) asEmitter.emitter.emit(event)
  await report.start()
  await report.execute()

  expect(await seen()).toContain('success')
  expect(unhandled).not.toHaveBeenCalled()
  process.off('unhandledRejection', unhandled)
})
