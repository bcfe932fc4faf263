import { EventEmitter } from 'node:events'
import { monitorAgenda } from '@crontify/agenda'
import { monitorLambda } from '@crontify/aws-lambda'
import { monitorWorker, rollUpWorker, watchSchedulers } from '@crontify/bullmq'
import { monitorRoute as monitorExpressRoute } from '@crontify/express'
import { monitorRoute as monitorFastifyRoute } from '@crontify/fastify'
import { monitorTask as monitorGraphileTask } from '@crontify/graphile-worker'
import { Monitor } from '@crontify/nestjs'
import { monitorJob, monitorTask } from '@crontify/node-cron'
import { traceRuns } from '@crontify/opentelemetry'
import { monitorWork } from '@crontify/pg-boss'
import { CrontifyMonitor } from '@crontify/sdk'
import { monitorHandler } from '@crontify/web'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'

const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'job', logger: false })
const job = async (): Promise<string> => 'done'
const worker = () => Object.assign(new EventEmitter(), { name: 'reports', processJob() {} })
const task = () => Object.assign(new EventEmitter(), { id: 'task', execute() {} }) as never
const agenda = () => Object.assign(new EventEmitter(), { definitions: {}, every() {} })
const queue = { name: 'reports', getJobSchedulers: async () => [] }

let emitWarning: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
})
afterEach(() => emitWarning.mockRestore())

const warnings = (): string[] => emitWarning.mock.calls.map(([text]: readonly unknown[]) => String(text))

type Call = (options: never) => unknown

/** Each function of an adapter whose options may be left out. */
const CALLS: Readonly<Record<string, Call>> = {
  'monitorRoute of express': (options) => monitorExpressRoute(monitor, job, options),
  'monitorRoute of fastify': (options) => monitorFastifyRoute(monitor, job, options),
  monitorHandler: (options) => monitorHandler(monitor, job, options),
  monitorLambda: (options) => monitorLambda(monitor, job, options),
  'monitorTask of graphile-worker': (options) => monitorGraphileTask(monitor, job, options),
  monitorWork: (options) => monitorWork(monitor, job, options),
  monitorJob: (options) => monitorJob(monitor, job, options),
  'monitorTask of node-cron': (options) => monitorTask(monitor, task(), options),
  rollUpWorker: (options) => onTestFinished(rollUpWorker(worker() as never, monitor, options)),
  traceRuns: (options) => traceRuns(monitor, options)(),
  '@Monitor': (options) => Monitor('job', options)({}, 'nightly', { value: job }),
}

/** Each function of an adapter that takes a monitor, with something else. */
const WITHOUT_MONITOR: Readonly<Record<string, (given: never) => unknown>> = {
  'monitorRoute of express': (given) => monitorExpressRoute(given, job),
  'monitorRoute of fastify': (given) => monitorFastifyRoute(given, job),
  monitorHandler: (given) => monitorHandler(given, job),
  monitorLambda: (given) => monitorLambda(given, job),
  'monitorTask of graphile-worker': (given) => monitorGraphileTask(given, job),
  monitorWork: (given) => monitorWork(given, job),
  monitorJob: (given) => monitorJob(given, job),
  'monitorTask of node-cron': (given) => monitorTask(given, task()),
  rollUpWorker: (given) => rollUpWorker(worker() as never, given)(),
}

/** Each function of an adapter whose options are needed. */
const NEEDED: Readonly<Record<string, Call>> = {
  monitorWorker: (options) => monitorWorker(worker() as never, options),
  monitorAgenda: (options) => monitorAgenda(agenda(), options),
  watchSchedulers: (options) => watchSchedulers(queue, options),
}

const WRONG = [
  [null, 'null'],
  ['secret', 'a string'],
  [5, 'a number'],
  [['secret'], 'a list'],
] as const

describe.each(Object.entries(CALLS))('%s', (name, call) => {
  it.each(WRONG)('says that %o is no object of options, and goes on without', (options, got) => {
    const isRefused = name === 'monitorHandler' && (typeof options === 'string' || Array.isArray(options))

    if (isRefused) {
      expect(() => call(options as never)).toThrow(`must be an object such as { secret }, got ${got}`)
      return
    }
    call(options as never)

    expect(warnings()).toEqual([
      expect.stringMatching(
        new RegExp(`^.*The options of .* must be an object, got ${got}\\. They are ignored\\.$`),
      ),
    ])
    expect(warnings()[0]).toContain(name.split(' of ')[0])
  })

  it('says nothing where the options are left out or empty', () => {
    call(undefined as never)
    call({} as never)

    expect(warnings()).toEqual([])
  })
})

describe.each(Object.entries(NEEDED))('%s', (name, call) => {
  it.each([...WRONG, [undefined, 'undefined'] as const])('refuses %o for its options', (options) => {
    expect(() => call(options as never)).toThrow(/"monitors" must be|onNotice of watchSchedulers must be/)
    expect(() => call(options as never)).toThrow(name)
  })
})

describe.each(Object.entries(WITHOUT_MONITOR))('%s', (name, call) => {
  it.each([null, undefined, 'job', {}])('says that %o is no monitor, and goes on without pings', (given) => {
    call(given as never)

    expect(warnings()).toEqual([
      expect.stringMatching(/takes a monitor (first|second), got .* without pings\.$/),
    ])
    expect(warnings()[0]).toContain(name.split(' of ')[0])
  })
})

/** With what must be given besides. */
const needed =
  (name: string): Call =>
  (options: object) =>
    NEEDED[name]?.({ monitors: {}, ...options } as never)

const calls = (name: string): Call => CALLS[name] ?? needed(name)

it.each([
  ['runs', 'monitorWorker', "'job' or 'attempt'"],
  ['stalled', 'monitorWorker', "'continue' or 'fail'"],
  ['runs', 'monitorAgenda', "'job' or 'attempt'"],
  ['jobs', 'monitorAgenda', "'recurring' or 'all'"],
  ['onDisconnect', 'monitorRoute of express', "'ignore' or 'fail'"],
  ['onDisconnect', 'monitorRoute of fastify', "'ignore' or 'fail'"],
  ['manual', 'monitorJob', 'true or false'],
  ['manual', 'monitorTask of node-cron', 'true or false'],
])('names the accepted values of the option %s of %s', (option, name, accepted) => {
  calls(name)({ [option]: 'atempt' } as never)

  const caller = name.split(' of ')[0]
  expect(warnings()).toEqual([
    `${option} of ${caller} must be ${accepted}, got 'atempt'. The option is ignored.`,
  ])
})

it.each([
  ['monitorWorker', 'run', 'runs'],
  ['monitorAgenda', 'run', 'runs'],
  ['rollUpWorker', 'everyMS', 'everyMs'],
  ['monitorRoute of express', 'onDisconect', 'onDisconnect'],
  ['monitorLambda', 'margin', 'marginMs'],
])('names the option of %s that was probably meant', (name, option, meant) => {
  calls(name)({ [option]: 1 } as never)

  const caller = name.split(' of ')[0]
  expect(warnings()).toEqual([`${caller} has no option "${option}". It is ignored. Did you mean "${meant}"?`])
})

it.each([
  [{ onNotice: null }, 'onNotice of watchSchedulers must be a function, got null'],
  [{ onNotice: () => {}, monitors: null }, 'monitors of watchSchedulers must be an object'],
  [{ onNotice: () => {}, lateAfterMs: NaN }, 'lateAfterMs of watchSchedulers must be a number'],
  [{ onNotice: () => {}, lateAfterMs: -1 }, 'lateAfterMs of watchSchedulers must be a number'],
])('watchSchedulers refuses %o', (options, message) => {
  expect(() => watchSchedulers(queue, options as never)).toThrow(message)
})
