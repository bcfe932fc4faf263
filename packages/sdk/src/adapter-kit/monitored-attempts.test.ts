import { createMockServer } from '@crontify/mock-server'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createRunTracker, monitoredAttempts } from '../adapter.ts'
import { CrontifyMonitor } from '../index.ts'

interface Job {
  readonly id: string
  readonly retries: number
}

const attemptOf = ({ id, retries }: Job) => ({ key: id, first: retries === 0, last: retries === 2 })

async function setUp() {
  const server = await createMockServer({ monitors: [{ id: 'job' }] })
  onTestFinished(() => server.close())
  const newMonitor = (): CrontifyMonitor =>
    new CrontifyMonitor({ apiKey: server.apiKey, baseUrl: server.url, monitorId: 'job', logger: false })
  const monitor = newMonitor()
  const seen = async () => {
    await createRunTracker(monitor).settled(5_000)
    return server.pings().map(({ kind, errorMessage, meta }) => [kind, errorMessage ?? meta?.['mails']])
  }
  return { server, monitor, newMonitor, seen }
}

it('makes one run of a job that succeeds at its third attempt', async () => {
  const { monitor, seen } = await setUp()
  const send = monitoredAttempts(
    monitor,
    async ({ retries }: Job) => {
      if (retries < 2) throw new Error(`attempt ${retries}`)
      return { mails: 3 }
    },
    attemptOf,
  )

  await expect(send({ id: 'a', retries: 0 })).rejects.toThrow('attempt 0')
  await expect(send({ id: 'a', retries: 1 })).rejects.toThrow('attempt 1')
  expect(await send({ id: 'a', retries: 2 })).toEqual({ mails: 3 })

  expect(await seen()).toEqual([
    ['start', undefined],
    ['success', 3],
  ])
})

it('fails once, with the error of the last attempt', async () => {
  const { monitor, seen } = await setUp()
  const send = monitoredAttempts(
    monitor,
    ({ retries }: Job) => {
      throw new Error(`attempt ${retries}`)
    },
    attemptOf,
  )

  for (const retries of [0, 1, 2]) expect(() => send({ id: 'a', retries })).toThrow(`attempt ${retries}`)

  expect(await seen()).toEqual([
    ['start', undefined],
    ['fail', 'attempt 2'],
  ])
})

it('continues the run of a job whose earlier attempts were in another process', async () => {
  const { newMonitor, server } = await setUp()
  const first = newMonitor()
  const second = newMonitor()
  const failing = monitoredAttempts(first, async (_job: Job) => Promise.reject(new Error('lost')), attemptOf)
  await failing({ id: 'a', retries: 0 }).catch(() => {})
  await first.flush()

  await monitoredAttempts(second, async (_job: Job) => ({ mails: 1 }), attemptOf)({ id: 'a', retries: 1 })
  await second.flush()

  expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
})

it('keeps what a queue sees of the handler', async () => {
  const { monitor } = await setUp()
  const queue = { name: 'mails' }
  const given = function sendMails(this: unknown, job: Job): unknown {
    return [this, job]
  }
  const watched = monitoredAttempts(monitor, given, attemptOf)
  const job = { id: 'a', retries: 0 }

  expect([watched.name, watched.length]).toEqual(['sendMails', 1])
  expect(watched.call(queue, job)).toEqual([queue, job])
})

it('makes a run of each call whose attempt cannot be read, with one warning', async () => {
  const { monitor, seen } = await setUp()
  const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const send = monitoredAttempts(
    monitor,
    async (_job: Job) => 'sent',
    (job) => job.id as never,
  )

  await send({ id: 'a', retries: 0 })
  await send({ id: 'b', retries: 0 })

  expect((await seen()).map(([kind]) => kind)).toEqual(['start', 'success', 'start', 'success'])
  expect(emitWarning).toHaveBeenCalledTimes(1)
  emitWarning.mockRestore()
})

const answers = async (answer: unknown): Promise<unknown> => answer

it.each([
  ['a function', (answer: unknown) => ({ mails: Number(answer) + 1 }), 8],
  ['false', false, undefined],
] as const)('reads the result with meta: %s', async (_name, meta, sent) => {
  const { monitor, seen } = await setUp()

  await monitoredAttempts(monitor, answers, () => ({ key: 'a', first: true, last: true }), { meta })(7)

  expect(await seen()).toEqual([
    ['start', undefined],
    ['success', sent],
  ])
})

it.each([
  ['a result', () => ({ error: new Error('two mails bounced'), last: true }), 'two mails bounced'],
  ['a later look', async () => ({ error: new Error('two bounced'), last: true }), 'two bounced'],
  ['a look that rejects', async () => Promise.reject(new Error('no list')), 'no list'],
])('fails by what %s says, and hands the result on', async (_name, failureOf, message) => {
  const { monitor, seen } = await setUp()
  const send = monitoredAttempts(monitor, answers, () => ({ key: 'a', first: true, last: true }), {
    failureOf,
  })

  expect(await send('bounced')).toBe('bounced')

  expect(await seen()).toEqual([
    ['start', undefined],
    ['fail', message],
  ])
})

it('waits for the next attempt after a failure in the result that is not final', async () => {
  const { monitor, seen } = await setUp()
  const send = monitoredAttempts(monitor, async ({ retries }: Job) => ({ mails: retries }), attemptOf, {
    failureOf: ({ mails }) => (mails === 0 ? { error: new Error('none'), last: false } : undefined),
  })

  await send({ id: 'a', retries: 0 })
  await send({ id: 'a', retries: 1 })

  expect(await seen()).toEqual([
    ['start', undefined],
    ['success', 1],
  ])
})

describe('an attempt that its queue gives up', () => {
  async function givenUp(retries: number) {
    const { monitor, seen } = await setUp()
    let finish: (result: object) => void = () => {}
    const work = new Promise<object>((resolve) => (finish = resolve))
    let giveUp: (error: Error) => void = () => {}
    const stopped = vi.fn()
    const send = monitoredAttempts(monitor, async (_job: Job) => work, attemptOf, {
      onGiveUp: (call) => {
        giveUp = call
        return stopped
      },
    })
    const result = send({ id: 'a', retries })
    giveUp(new Error('expired'))
    finish({ mails: 1 })
    await result
    return { seen, stopped, send }
  }

  it('fails the run if it was the last, whatever the handler says later', async () => {
    const { seen, stopped } = await givenUp(2)

    expect((await seen()).map(([kind]) => kind)).toEqual(['fail'])
    expect(stopped).toHaveBeenCalledTimes(1)
  })

  it('leaves the run to the next attempt otherwise', async () => {
    const { seen, send } = await givenUp(0)
    expect((await seen()).map(([kind]) => kind)).toEqual(['start'])

    await send({ id: 'a', retries: 1 })

    expect((await seen()).map(([kind]) => kind)).toEqual(['start', 'success'])
  })
})

it('loses only what an option that throws was asked for', async () => {
  const { monitor, seen } = await setUp()
  const throws = (): never => {
    throw new Error('from an option')
  }
  const send = monitoredAttempts(monitor, answers, () => ({ key: 'a', first: true, last: true }), {
    meta: throws,
    failureOf: throws,
    onGiveUp: throws,
  })

  expect(await send('sent')).toBe('sent')

  expect(await seen()).toEqual([
    ['start', undefined],
    ['success', undefined],
  ])
})

it('makes one run of a job whose handler is watched twice, with one warning', async () => {
  const { server, seen } = await setUp()
  const warnings: string[] = []
  const logger = { warn: (message: string) => warnings.push(message) }
  const monitor = new CrontifyMonitor({
    apiKey: server.apiKey,
    baseUrl: server.url,
    monitorId: 'job',
    logger,
  })
  const once = monitoredAttempts(monitor, async (_job: Job) => ({ mails: 4 }), attemptOf)

  await monitoredAttempts(monitor, once, attemptOf)({ id: 'a', retries: 0 })
  await monitor.flush()

  expect(await seen()).toEqual([
    ['start', undefined],
    ['success', 4],
  ])
  expect(warnings).toHaveLength(1)
})

it('refuses what is no function', async () => {
  const { monitor } = await setUp()

  expect(() => monitoredAttempts(monitor, 'send' as never, attemptOf)).toThrow(
    'takes the handler as a function',
  )
  expect(() => monitoredAttempts(monitor, async (_job: Job) => {}, undefined as never)).toThrow(
    'which attempt of which job',
  )
})
