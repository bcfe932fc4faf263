import { EventEmitter } from 'node:events'
import type { Pinger } from '@crontify/sdk/adapter'
import { expect, it } from 'vitest'
import type { AgendaJobLike } from './agenda-binding.ts'
import { monitorAgenda, setMeta, type AgendaNotice, type MonitorAgendaOptions } from './index.ts'

/** An Agenda whose events a test emits: for what several processes do, in one. */
class HandAgenda extends EventEmitter {
  readonly definitions: Record<string, { readonly backoff?: unknown }> = { 'nightly-report': {} }
  every(): void {}
}

interface Recorder {
  readonly monitor: Pinger
  readonly pings: string[]
}

function recorder(): Recorder {
  const pings: string[] = []
  const monitor = {
    start: () => void pings.push('start'),
    success: (options) => {
      const { duration_ms: durationMs, ...meta } = options?.meta ?? {}
      expect(durationMs).toBeTypeOf('number')
      pings.push(`success ${JSON.stringify(meta)}`)
    },
    fail: (options) =>
      void pings.push(`fail ${typeof options === 'object' && 'message' in options ? options.message : ''}`),
  } satisfies Pinger
  return { monitor, pings }
}

function setUp(options: Partial<MonitorAgendaOptions> = {}): Recorder & { readonly agenda: HandAgenda } {
  const agenda = new HandAgenda()
  const { monitor, pings } = recorder()
  monitorAgenda(agenda, { monitors: { 'nightly-report': monitor }, ...options })
  return { agenda, monitor, pings }
}

const job = (attrs: Partial<AgendaJobLike['attrs']> = {}): AgendaJobLike => ({
  attrs: { _id: 'job-1', name: 'nightly-report', repeatInterval: '0 2 * * *', ...attrs },
})

it('counts no event that another instance had', () => {
  const { agenda, pings } = setUp()
  const notification = { jobId: 'job-1', jobName: 'nightly-report', attrs: job().attrs }

  agenda.emit('start', notification, true)
  agenda.emit('success', notification, true)
  agenda.emit('fail', 'disk is full', notification, true)
  agenda.emit('retry', notification, {}, true)
  agenda.emit('complete', notification, true)

  expect(pings).toEqual([])
})

it('leaves the end of a job to the instance that has begun it anew', () => {
  const { agenda, pings } = setUp()
  const ours = job()

  agenda.emit('start', ours)
  agenda.emit('start', { jobId: 'job-1' }, true)
  agenda.emit('success', ours)
  agenda.emit('complete', ours)

  expect(pings).toEqual(['start'])
})

it('ends its own run where another instance begins another job', () => {
  const { agenda, pings } = setUp()
  const ours = job()

  agenda.emit('start', ours)
  agenda.emit('start', { jobId: 'job-2' }, true)
  agenda.emit('success', ours)

  expect(pings).toEqual(['start', 'success {}'])
})

it('reports a forked process that was killed as failed, which Agenda calls a success', () => {
  const { agenda, pings } = setUp()
  const ours = { ...job(), forkedChild: { signalCode: 'SIGKILL' } }

  agenda.emit('start', ours)
  agenda.emit('success', ours)
  agenda.emit('complete', ours)

  expect(pings).toEqual(['start', 'fail the process of the job was ended by SIGKILL'])
})

const broken = (): number => {
  throw new Error('broken')
}

it.each<[number, () => number | null, string[]]>([
  [1, () => 10, ['success {}']],
  [3, () => null, ['start', 'success {}']],
  [0, () => 10, ['start', 'success {}']],
  [1, broken, ['start', 'success {}']],
])(
  'asks the back-off of a job that has failed %i times whether a start is a retry',
  (failCount, backoff, expected) => {
    const { agenda, pings } = setUp()
    agenda.definitions['nightly-report'] = { backoff }
    const ours = job({ failCount })

    agenda.emit('start', ours)
    agenda.emit('success', ours)

    expect(pings).toEqual(expected)
  },
)

it('gives each run its own metadata', () => {
  const { agenda, pings } = setUp()
  const ours = job()
  for (const rows of [1, undefined]) {
    agenda.emit('start', ours)
    if (rows !== undefined) setMeta(ours, { rows })
    agenda.emit('success', ours)
  }

  expect(pings).toEqual(['start', 'success {"rows":1}', 'start', 'success {}'])
})

it('does nothing where metadata are set for what is no job, or read by a getter that throws', () => {
  const trap = {
    get rows(): number {
      throw new Error('broken')
    },
  }

  expect(() => setMeta(undefined as never, { rows: 1 })).not.toThrow()
  expect(() => setMeta(job(), trap)).not.toThrow()
})

it('throws nothing into the run of a job of another shape', () => {
  const { agenda, pings } = setUp({ onNotice: () => {} })

  for (const event of ['start', 'success', 'fail', 'retry', 'complete']) {
    expect(() => agenda.emit(event, undefined)).not.toThrow()
    expect(() => agenda.emit(event, null, null)).not.toThrow()
  }

  expect(pings).toEqual([])
})

it.each([
  [{ repeatInterval: undefined, repeatAt: undefined }, 0],
  [{ repeatInterval: '', repeatAt: '' }, 0],
  [{ repeatInterval: undefined, repeatAt: '3:30am' }, 1],
  [{ repeatInterval: 60_000 }, 1],
])('takes a job with %o for a recurring one or not', (attrs, starts) => {
  const { agenda, pings } = setUp()

  agenda.emit('start', job(attrs as Partial<AgendaJobLike['attrs']>))

  expect(pings).toHaveLength(starts)
})

it('takes no monitor that the object only inherits', () => {
  const { monitor, pings } = recorder()
  const { agenda } = setUp({
    monitors: Object.create({ 'nightly-report': monitor }) as Record<string, Pinger>,
  })

  agenda.emit('start', job())

  expect(pings).toEqual([])
})

it('tells of a monitor for a job that is not defined, where another one was probably meant', () => {
  const { monitor } = recorder()
  const notices: AgendaNotice[] = []
  const monitors = { 'nightly-repotr': monitor, 'runs-elsewhere': monitor }
  const { agenda } = setUp({ monitors, onNotice: (notice) => notices.push(notice) })

  agenda.emit('start', job())
  agenda.emit('start', job())

  expect(notices).toEqual([{ kind: 'unknown-job', jobName: 'nightly-repotr', nearest: 'nightly-report' }])
})

it('forgets the oldest of more than a thousand runs that wait for a retry', () => {
  const { agenda, pings } = setUp()
  const fail = (id: number): void => {
    const ours = job({ _id: `job-${id}` })
    agenda.emit('start', ours)
    agenda.emit('fail', new Error('try again'), ours)
    agenda.emit('retry', ours, {})
    agenda.emit('complete', ours)
  }
  for (let id = 0; id <= 1_000; id++) fail(id)
  const before = pings.length

  agenda.emit('start', job({ _id: 'job-1' }))
  expect(pings.length).toBe(before)
  agenda.emit('start', job({ _id: 'job-0' }))
  expect(pings.length).toBe(before + 1)
})

it('refuses what is no Agenda and monitors that are none, and says what they are', () => {
  const { monitor } = recorder()

  expect(() => monitorAgenda(new EventEmitter() as never, { monitors: {} })).toThrow(
    /takes an Agenda.*this is an EventEmitter/,
  )
  expect(() => monitorAgenda(undefined as never, { monitors: {} })).toThrow(/is undefined/)
  expect(() => setUp({ monitors: { 'nightly-report': 'clxxx' as never } })).toThrow(
    /the job "nightly-report"; this is a string/,
  )
  expect(() => setUp({ monitors: monitor as never })).toThrow(/the job "start"; this is a function/)
})

it('pings once where it is called twice, and says so', async () => {
  const { agenda, monitor, pings } = setUp()
  const warnings: string[] = []
  const listener = (warning: Error): void => void warnings.push(warning.message)
  process.on('warning', listener)

  monitorAgenda(agenda, { monitors: { 'nightly-report': monitor } })
  agenda.emit('start', job())
  await new Promise((resolve) => process.nextTick(resolve))

  expect(pings).toEqual(['start'])
  expect(warnings).toEqual([expect.stringContaining('the second call watches nothing')])
  process.off('warning', listener)
})

it('leaves nothing behind when it is detached', () => {
  const agenda = new HandAgenda()
  const { monitor, pings } = recorder()
  const detach = monitorAgenda(agenda, { monitors: { 'nightly-report': monitor }, onNotice: () => {} })
  detach()

  agenda.emit('start', job())

  expect(pings).toEqual([])
  expect(agenda.eventNames()).toEqual([])
})
