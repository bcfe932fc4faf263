import { expect } from 'vitest'
import { allSent, MONITOR, type Stage } from './stage.ts'

/** A run that goes well: what is sent, and what becomes of its result. */
export const resultRows = {
  'one start and one success, in this order': async ({
    monitor,
    watched,
    pings,
    server,
  }: Stage): Promise<void> => {
    const watcher = monitor()
    const running = await watched({ job: async () => {}, monitor: watcher })

    await running.run()
    await allSent(watcher)

    expect(pings()).toEqual(['start', 'success'])
    expect(server.runs(MONITOR).map(({ status }) => status)).toEqual(['success'])
    expect(server.alerts()).toEqual([])
  },

  'the finite numbers of the result become metadata': async ({
    monitor,
    watched,
    server,
  }: Stage): Promise<void> => {
    const watcher = monitor()
    const job = async (): Promise<object> => ({ rows: 120, ratio: 0.5, name: 'x', bad: Number.NaN })
    const running = await watched({ job, monitor: watcher })

    await running.run()
    await allSent(watcher)

    const { duration_ms: _, ...meta } = server.runs(MONITOR)[0]?.meta ?? {}
    expect(meta).toEqual({ rows: 120, ratio: 0.5 })
  },

  'the option meta makes the metadata': async ({ monitor, watched, server }: Stage): Promise<void> => {
    const watcher = monitor()
    const meta = (result: unknown): Record<string, number> => ({ count: (result as unknown[]).length })
    const running = await watched({ job: async () => ['a', 'b'], monitor: watcher, meta })

    await running.run()
    await allSent(watcher)

    expect(server.runs(MONITOR)[0]?.meta).toMatchObject({ count: 2 })
  },

  'an option meta that throws costs the metadata and nothing else': async ({
    monitor,
    watched,
    bare,
    pings,
  }: Stage): Promise<void> => {
    const watcher = monitor()
    const meta = (): never => {
      throw new Error('no metadata today')
    }
    const job = async (): Promise<object> => ({ rows: 1 })
    const running = await watched({ job, monitor: watcher, meta })

    const seen = await running.run()
    await allSent(watcher)

    expect(seen).toEqual(await (await bare(job)).run())
    expect(pings()).toEqual(['start', 'success'])
  },

  'the scheduler sees the result of the job': async ({ monitor, watched, bare }: Stage): Promise<void> => {
    const job = async (): Promise<object> => ({ rows: 120, nested: { name: 'x' } })
    const running = await watched({ job, monitor: monitor() })

    expect(await running.run()).toEqual(await (await bare(job)).run())
  },

  'a result that throws when it is looked at changes nothing': async ({
    monitor,
    watched,
    bare,
    pings,
  }: Stage): Promise<void> => {
    const watcher = monitor()
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('do not look')
        },
      },
    )
    const job = async (): Promise<unknown> => hostile
    const running = await watched({ job, monitor: watcher })

    const seen = await running.run()
    await allSent(watcher)

    expect(seen.type).toBe((await (await bare(job)).run()).type)
    expect(pings()).toEqual(['start', 'success'])
  },

  'each of many runs is told': async ({ monitor, watched, pings, server }: Stage): Promise<void> => {
    const watcher = monitor()
    const running = await watched({ job: async () => ({ rows: 1 }), monitor: watcher })

    for (let runs = 0; runs < 20; runs++) await running.run()
    await allSent(watcher)

    expect(pings()).toEqual(Array.from({ length: 20 }, () => ['start', 'success']).flat())
    expect(server.alerts()).toEqual([])
  },
} as const
