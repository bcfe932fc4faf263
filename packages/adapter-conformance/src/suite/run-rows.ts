import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { Crontify, defineMonitor, type CrontifyMonitor, type DeliveryEvent } from '@crontify/sdk'
import { observeRuns } from '@crontify/sdk/adapter'
import { captureConsole, currentRun, RunLogTransport, runLogStream } from '@crontify/sdk/context'
import pino from 'pino'
import winston from 'winston'
import { latch, type Latch } from './latch.ts'
import { allSent, MONITOR, type Stage } from './stage.ts'

type End = ReturnType<Stage['server']['pings']>[number]

/** The end of the only run. */
const endOf = ({ server }: Stage): End | undefined => server.pings().find(({ kind }) => kind !== 'start')

/** A job on the scheduler that has begun, and ends when it is let go. */
async function begun(
  stage: Stage,
  watcher: CrontifyMonitor,
): Promise<{ readonly letGo: () => void; readonly over: Promise<unknown> }> {
  const [begins, ends]: [Latch, Latch] = [latch(), latch()]
  const running = await stage.watched({
    monitor: watcher,
    job: async () => {
      begins.open()
      await ends.opened
    },
  })
  const over = running.run()
  await begins.opened
  return { letGo: ends.open, over }
}

async function withSpool(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'crontify-conformance-'))
  try {
    await use(join(folder, 'spool'))
  } finally {
    // The spool notes the latest end in the background.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const journalIn = async (spool: string): Promise<readonly string[]> =>
  (await readdir(spool).catch(() => [])).filter((name) => name.endsWith('.run'))

/** What the design promises to every run, whatever carries it. */
export const runRows = {
  'an observer sees each run begin and end': async (stage: Stage): Promise<void> => {
    const watcher = stage.monitor()
    const seen: string[] = []
    observeRuns(watcher, {
      begin: ({ monitorId }) => {
        seen.push(monitorId)
        return { end: ({ status }) => seen.push(status) }
      },
    })
    const running = await stage.watched({ job: async () => {}, monitor: watcher })

    await running.run()
    await allSent(watcher)

    expect(seen).toEqual([MONITOR, 'success'])
  },

  'a success carries how long the run took': async (stage: Stage): Promise<void> => {
    const watcher = stage.monitor()
    const running = await stage.watched({ job: async () => {}, monitor: watcher })

    await running.run()
    await allSent(watcher)

    expect(endOf(stage)?.meta).toMatchObject({ duration_ms: expect.any(Number) as number })
  },

  'a fail carries how long the run took': async (stage: Stage): Promise<void> => {
    const watcher = stage.monitor()
    const running = await stage.watched({
      job: () => Promise.reject(new Error('disk is full')),
      monitor: watcher,
    })

    await running.run()
    await allSent(watcher)

    expect(endOf(stage)?.meta).toMatchObject({ duration_ms: expect.any(Number) as number })
  },

  'with a schema only its fields of the result are sent': async (stage: Stage): Promise<void> => {
    const { apiKey, url: baseUrl } = stage.server
    const watcher = new Crontify({ apiKey, baseUrl, logger: false }).monitor(
      defineMonitor({ id: MONITOR, meta: ROWS_SCHEMA }),
    )
    const running = await stage.watched({
      job: async () => ({ rows: 3, account: 4711 }),
      monitor: watcher as unknown as CrontifyMonitor,
    })

    await running.run()
    await allSent(watcher as unknown as CrontifyMonitor)

    const { duration_ms: _, ...meta } = endOf(stage)?.meta ?? {}
    expect(meta).toEqual({ rows: 3 })
  },

  'meta: false sends nothing of the result': async (stage: Stage): Promise<void> => {
    const watcher = stage.monitor()
    const running = await stage.watched({ job: async () => ({ rows: 3 }), monitor: watcher, meta: false })

    await running.run()
    await allSent(watcher)

    expect(Object.keys(endOf(stage)?.meta ?? {})).toEqual(['duration_ms'])
  },

  'currentRun() finds the run in the job, and its metadata reach the success': async (
    stage: Stage,
  ): Promise<void> => {
    const watcher = stage.monitor()
    const running = await stage.watched({
      job: async () => {
        await Promise.resolve()
        currentRun()?.meta({ pages: 7 })
      },
      monitor: watcher,
    })

    await running.run()
    await allSent(watcher)

    expect(endOf(stage)).toMatchObject({ kind: 'success', meta: { pages: 7 } })
  },

  'metadata, log lines and captured console lines reach the fail': async (stage: Stage): Promise<void> => {
    const lines: unknown[] = []
    const console = { log: (...values: unknown[]) => void lines.push(...values) }
    const release = captureConsole(console)
    const watcher = stage.monitor()
    const running = await stage.watched({
      job: async () => {
        currentRun()?.meta({ pages: 7 })
        currentRun()?.log('reading page 8')
        console.log('a line of the console')
        throw new Error('disk is full')
      },
      monitor: watcher,
    })

    await running.run()
    await allSent(watcher)
    release()

    const { meta, logOutput } = endOf(stage) ?? {}
    expect(meta).toMatchObject({ pages: 7 })
    expect(logOutput).toMatch(/reading page 8\na line of the console/)
  },

  'lines of pino and winston reach the fail, from their level on': async (stage: Stage): Promise<void> => {
    const lines = pino({}, pino.multistream([{ stream: runLogStream({ level: 'info' }) }]))
    const messages = winston.createLogger({
      level: 'silly',
      format: winston.format.simple(),
      transports: [new RunLogTransport({ level: 'info' })],
    })
    const watcher = stage.monitor()
    const running = await stage.watched({
      job: async () => {
        lines.debug('pino in detail')
        lines.info('pino reads page 8')
        messages.debug('winston in detail')
        messages.warn('winston reads page 9')
        await Promise.resolve()
        throw new Error('disk is full')
      },
      monitor: watcher,
    })

    await running.run()
    await allSent(watcher)

    const { logOutput } = endOf(stage) ?? {}
    expect(logOutput).toMatch(/pino reads page 8[^]*winston reads page 9/)
    expect(logOutput).not.toContain('in detail')
  },

  'a process that runs out of work fails the run, unless another worker continues it': async (
    stage: Stage,
  ): Promise<void> => {
    const watcher = stage.monitor()
    const { letGo, over } = await begun(stage, watcher)

    process.emit('beforeExit', 0)
    await watcher.flush()
    const atTheEnd = [...stage.pings()]
    letGo()
    await over
    await allSent(watcher)

    expect(atTheEnd).toEqual(stage.harness.kind === 'queue' ? ['start'] : ['start', 'fail'])
    expect(stage.pings()).toEqual(['start', stage.harness.kind === 'queue' ? 'success' : 'fail'])
  },

  'an open run is in the crash journal until its end is taken, unless another worker continues it': (
    stage: Stage,
  ): Promise<void> =>
    withSpool(async (spoolDirectory) => {
      const watcher = stage.monitor({ delivery: { spoolDirectory } })
      const { letGo, over } = await begun(stage, watcher)
      const whileOpen = await journalIn(spoolDirectory)

      letGo()
      await over
      await allSent(watcher)

      expect(whileOpen).toHaveLength(stage.harness.kind === 'queue' ? 0 : 1)
      expect(await journalIn(spoolDirectory)).toEqual([])
    }),

  'another object of the monitor knows that its run was superseded': async (stage: Stage): Promise<void> => {
    const [older, newer] = [stage.monitor(), stage.monitor()]
    const first = await begun(stage, older)
    const second = await begun(stage, newer)

    first.letGo()
    await first.over
    await allSent(older)
    second.letGo()
    await second.over
    await allSent(newer)

    expect(stage.pings()).toEqual(['start', 'start', 'success'])
    expect(stage.server.runs(MONITOR).map(({ status }) => status)).toEqual(['overlapped', 'success'])
    expect(older.stats().skippedBecause).toEqual({ superseded: 1 })
  },

  'close() waits for an open run and takes no new one': async (stage: Stage): Promise<void> => {
    const watcher = stage.monitor()
    const { letGo, over } = await begun(stage, watcher)

    const closing = watcher.close({ withinMs: 10_000 })
    const late = await stage.watched({ job: async () => {}, monitor: watcher })
    await late.run()
    letGo()
    await over
    await closing

    expect(stage.pings()).toEqual(['start', 'success'])
    expect(watcher.stats().droppedBecause).toEqual({ closed: 2 })
  },

  'close() warns of a run that it gives up': async (stage: Stage): Promise<void> => {
    const warnings: string[] = []
    const watcher = stage.monitor({ logger: { warn: (message: string) => void warnings.push(message) } })
    const { letGo, over } = await begun(stage, watcher)

    await watcher.close({ withinMs: 1 })
    const said = warnings.filter((warning) => warning.includes('stopped waiting'))
    letGo()
    await over

    expect(said).toEqual([expect.stringContaining(`"${MONITOR}"`)])
  },

  'onEvent hears that a run starts and how it ends': async (stage: Stage): Promise<void> => {
    const events: DeliveryEvent[] = []
    const watcher = stage.monitor({ onEvent: (event) => void events.push(event) })
    const running = await stage.watched({
      job: () => Promise.reject(new Error('disk is full')),
      monitor: watcher,
    })

    await running.run()
    await allSent(watcher)

    const runs = events.filter(({ type }) => type === 'run-started' || type === 'run-ended')
    expect(runs).toMatchObject([
      { type: 'run-started', monitorId: MONITOR },
      { type: 'run-ended', monitorId: MONITOR, status: 'failed', durationMs: expect.any(Number) as number },
    ])
  },
} as const

/** The smallest Standard Schema: one number called `rows`. */
const ROWS_SCHEMA = {
  '~standard': {
    version: 1,
    vendor: 'conformance',
    validate: (value: unknown) =>
      typeof (value as { readonly rows?: unknown }).rows === 'number'
        ? { value }
        : { issues: [{ message: 'must be a number', path: ['rows'] }] },
    types: undefined as { readonly input: { readonly rows: number }; readonly output: unknown } | undefined,
  },
} as const
