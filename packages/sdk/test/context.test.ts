import { setImmediate as nextTurn, setTimeout as later } from 'node:timers/promises'
import pino from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import winston from 'winston'
import {
  captureConsole,
  currentRun,
  runLogStream,
  RunLogTransport,
  type ConsoleLike,
} from '../src/context.ts'
import { monitored } from '../src/adapter.ts'
import { CrontifyMonitor } from '../src/index.ts'
import { recordPings } from '../src/testing.ts'

function given(monitorId = 'user-sync') {
  const pings = recordPings()
  return { pings, monitor: new CrontifyMonitor({ ...pings.options, monitorId, logger: false }) }
}

/** Runs that log at the same time, and fail, so that their log is sent. Each on a monitor of its own. */
async function logsOfRuns(count: number, logLine: (text: string) => void): Promise<string[]> {
  const pings = recordPings()
  const runs = Array.from({ length: count }, async (_, index) => {
    const monitor = new CrontifyMonitor({ ...pings.options, monitorId: `job-${index}`, logger: false })
    await monitor
      .wrap(async () => {
        for (let line = 0; line < 5; line++) {
          await (line % 2 === 0 ? nextTurn() : later(index % 3))
          logLine(`run ${index} line ${line}`)
        }
        throw 'end'
      })
      .catch(() => {})
  })
  await Promise.all(runs)
  return Array.from({ length: count }, (_, index) => pings.assertFailed(`job-${index}`).log ?? '')
}

const expected = (count: number, shape = (text: string) => text): string[] =>
  Array.from({ length: count }, (_, index) =>
    Array.from({ length: 5 }, (_, line) => shape(`run ${index} line ${line}`)).join('\n'),
  )

it('finds the run from anywhere below wrap, across awaits, timers and callbacks, and nowhere else', async () => {
  const { monitor } = given()
  const seen: unknown[] = []
  const look = (): void => void seen.push(currentRun()?.id)

  const id = await monitor.wrap(async (run) => {
    look()
    await nextTurn()
    look()
    await new Promise<void>((resolve) => setTimeout(() => (look(), resolve()), 1))
    await Promise.all([1].map(async () => look()))
    return run.id
  })

  expect(seen).toEqual([id, id, id, id])
  expect(currentRun()).toBeUndefined()
})

it('finds the inner one of two runs, and then the outer one again', async () => {
  const outer = given('outer')
  const inner = given('inner')

  await outer.monitor.wrap(async () => {
    currentRun()?.meta({ outer: 1 })
    await inner.monitor.wrap(() => currentRun()?.meta({ inner: 1 }))
    currentRun()?.meta({ after: 1 })
  })

  outer.pings.assertSucceeded('outer', { outer: 1, after: 1 })
  expect(inner.pings.assertSucceeded('inner').meta).toEqual({ inner: 1, duration_ms: expect.any(Number) })
})

it('finds the run of a job that a scheduler calls, and sends what it gathered', async () => {
  const { pings, monitor } = given()
  const job = monitored(monitor, async () => {
    await nextTurn()
    currentRun()?.meta({ rows: 3, bad: Number.NaN })
    currentRun()?.log('token=a1b2c3d4e5f6g7')
    if (failing) throw new Error('disk is full')
  })
  let failing = false

  await job()
  await monitor.flush()
  expect(pings.assertSucceeded('user-sync').meta).toEqual({ rows: 3, duration_ms: expect.any(Number) })
  failing = true
  await expect(job()).rejects.toThrow('disk is full')
  await monitor.flush()

  const { log, meta } = pings.assertFailed('user-sync', 'disk is full')
  expect(log).toMatch(/^Error: disk is full\n[^]*\n\nLog of the run:\ntoken=\[redacted\]$/)
  expect(meta).toEqual({ rows: 3, duration_ms: expect.any(Number) })
})

it('keeps the lines of concurrent runs apart', async () => {
  expect(await logsOfRuns(30, (text) => currentRun()?.log(text))).toEqual(expected(30))
})

it('captures the console of each run, and lets it through', async () => {
  const written: unknown[][] = []
  const target: ConsoleLike = { log: (...values) => void written.push(values), warn: () => {} }
  const original = target.log
  const release = captureConsole(target)
  onTestFinished(release)

  const logs = await logsOfRuns(10, (text) => target.log?.('%s', text))
  target.log?.('outside')
  release()

  expect(logs).toEqual(expected(10))
  expect(written).toHaveLength(51)
  expect(target.log).toBe(original)
})

it('keeps a line of the console once, whoever else has asked for it and has stopped', async () => {
  const target: ConsoleLike = { log: () => {} }
  const first = captureConsole(target)
  const second = captureConsole(target)

  expect(await logsOfRuns(1, (text) => target.log?.(text))).toEqual(expected(1))
  first()
  expect(await logsOfRuns(1, (text) => target.log?.(text))).toEqual(expected(1))
  second()
  expect(await logsOfRuns(1, (text) => target.log?.(text))).not.toEqual(expected(1))
})

it('formats as the console does, and survives what cannot be formatted', async () => {
  const target: ConsoleLike = { error: () => {} }
  captureConsole(target)
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error('x')
      },
      ownKeys: () => {
        throw new Error('x')
      },
    },
  )
  const { pings, monitor } = given()

  await monitor
    .wrap(() => {
      target.error?.('%d files', 3, { rows: 1 })
      target.error?.('%s', hostile)
      throw new Error('end')
    })
    .catch(() => {})

  expect(pings.assertFailed('user-sync').log).toContain('3 files { rows: 1 }')
})

it('leaves a method alone that somebody else has replaced since', () => {
  const target: ConsoleLike = { log: () => {} }
  const release = captureConsole(target)
  const theirs = (): void => {}
  target.log = theirs

  release()

  expect(target.log).toBe(theirs)
})

it('gets the lines of pino into the run that writes them', async () => {
  const logger = pino({ base: null, timestamp: false }, runLogStream())

  expect(await logsOfRuns(10, (text) => logger.info(text))).toEqual(
    expected(10, (text) => `{"level":30,"msg":"${text}"}`),
  )
})

it('lets a pino multistream end', () => {
  const streams = pino.multistream([{ stream: runLogStream() }])
  expect(() => streams.end()).not.toThrow()
})

it('leaves out lines of pino below the level, whatever names the levels have', async () => {
  const levelNames = { formatters: { level: (label: string) => ({ level: label }) } }
  const otherField = { formatters: { level: (_label: string, number: number) => ({ severity: number }) } }
  for (const options of [{}, levelNames, otherField]) {
    for (const through of [identity, multistream]) {
      const destination = through(runLogStream({ level: 'warn' }))
      const logger = pino({ base: null, timestamp: false, ...options }, destination)
      const logs = await logsOfRuns(1, (text) => {
        logger.info(`not ${text}`)
        logger.error(text)
      })
      expect(logs[0]).not.toContain('not ')
      expect(logs[0]).toContain('run 0 line 0')
    }
  }
})

const identity = (stream: pino.DestinationStream): pino.DestinationStream => stream
const multistream = (stream: pino.DestinationStream): pino.DestinationStream =>
  pino.multistream([{ stream, level: 'trace' }])

it('keeps a line whose level pino does not say', async () => {
  const [log] = await logsOfRuns(1, (text) => runLogStream({ level: 'error' }).write(text))
  expect(log).toContain('run 0 line 0')
})

it('gets the lines of winston into the run that writes them, in its format', async () => {
  const logger = winston.createLogger({
    format: winston.format.simple(),
    transports: [new winston.transports.Console({ silent: true }), new RunLogTransport()],
  })

  expect(await logsOfRuns(10, (text) => logger.info(text))).toEqual(expected(10, (text) => `info: ${text}`))
})

it('leaves out lines of winston that matter less than the level', async () => {
  const logger = winston.createLogger({
    level: 'debug',
    format: winston.format.simple(),
    transports: [new RunLogTransport({ level: 'warn' })],
  })

  const [log] = await logsOfRuns(1, (text) => {
    logger.info(`not ${text}`)
    logger.error(text)
  })
  expect(log).toContain('error: ')
  expect(log).not.toContain('not ')
})
