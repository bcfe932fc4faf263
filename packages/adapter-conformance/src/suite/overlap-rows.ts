import { expect, vi } from 'vitest'
import { latch } from './latch.ts'
import { allSent, MONITOR, type Stage } from './stage.ts'

/** Two runs at once: the end of the older one, whatever it is, would end the newer one, and is not sent. */
async function endsNewerRunAlone(
  { monitor, watched, pings, server }: Stage,
  olderError: Error | undefined,
): Promise<void> {
  const watcher = monitor()
  const began = [latch(), latch()]
  const ends = [latch(), latch()]
  let runs = 0
  const job = async (): Promise<void> => {
    const index = runs++
    began[index]?.open()
    await ends[index]?.opened
    if (index === 0 && olderError !== undefined) throw olderError
  }
  const running = await watched({ job, monitor: watcher })

  const older = running.run()
  await began[0]?.opened
  const newer = running.run()
  await began[1]?.opened
  ends[0]?.open()
  await older
  ends[1]?.open()
  await newer
  await allSent(watcher)

  expect(pings()).toEqual(['start', 'start', 'success'])
  expect(server.runs(MONITOR).map(({ status }) => status)).toEqual(['overlapped', 'success'])
  expect(server.alerts().map(({ type }) => type)).toEqual(['overlapped'])
}

/** Two at once, on purpose and by mistake. */
export const overlapRows = {
  'two runs at once are one overlap, and only the newer one is ended': (stage: Stage): Promise<void> =>
    endsNewerRunAlone(stage, undefined),

  'the failure of a run that a newer one has replaced does not end the newer one': (
    stage: Stage,
  ): Promise<void> => endsNewerRunAlone(stage, new Error('disk is full')),

  'a job that is watched twice is pinged once, with one warning': async ({
    monitor,
    watched,
    pings,
  }: Stage): Promise<void> => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    try {
      const watcher = monitor()
      const running = await watched({ job: async () => {}, monitor: watcher })

      running.watchAgain?.()
      await running.run()
      await running.run()
      await allSent(watcher)

      expect(pings()).toEqual(['start', 'success', 'start', 'success'])
      expect(warned).toHaveBeenCalledTimes(1)
    } finally {
      warned.mockRestore()
    }
  },
} as const
