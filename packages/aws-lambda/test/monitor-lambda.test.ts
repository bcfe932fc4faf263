import { createMockServer } from '@crontify/mock-server'
import { CrontifyMonitor } from '@crontify/sdk'
import type { Callback, Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { expect, it, onTestFinished, vi } from 'vitest'
import { monitorLambda } from '../src/index.ts'

async function setUp() {
  const server = await createMockServer({ monitors: [{ id: 'job' }] })
  onTestFinished(() => server.close())
  const monitor = new CrontifyMonitor({ apiKey: server.apiKey, monitorId: 'job', baseUrl: server.url })
  return {
    server,
    monitor,
    // No wait: a frozen process sends nothing later.
    kinds: () => server.pings().map(({ kind }) => kind),
    last: () => server.pings().at(-1),
  }
}

/** Lambda's context, with that much time left. */
function contextOf(leftMs = 3_000): Context {
  return { awsRequestId: 'c6af9ac6-7b61', getRemainingTimeInMillis: () => leftMs } as Context
}

it('gives the very result, and has sent both pings by then', async () => {
  const { monitor, kinds, last } = await setUp()
  const result = { rows: 3 }

  expect(await monitorLambda(monitor, async () => result)({}, contextOf())).toBe(result)

  expect(kinds()).toEqual(['start', 'success'])
  expect(last()?.meta).toMatchObject({ rows: 3 })
})

it('rejects with the very error, after the fail ping', async () => {
  const { monitor, kinds, last } = await setUp()
  const error = new Error('no rows')

  await expect(
    monitorLambda(monitor, async () => {
      throw error
    })({}, contextOf()),
  ).rejects.toBe(error)

  expect(kinds()).toEqual(['start', 'fail'])
  expect(last()?.errorMessage).toBe('no rows')
})

it.each([2_147_483_648, Number.MAX_SAFE_INTEGER, Infinity, NaN])(
  'does not take %d ms left for a time-out',
  async (leftMs) => {
    const { monitor, kinds } = await setUp()
    const job = async () => {
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      return { rows: 3 }
    }

    await monitorLambda(monitor, job)({}, contextOf(leftMs))

    expect(kinds()).toEqual(['start', 'success'])
  },
)

it.each<[string, (callback: Callback) => void, string[]]>([
  ['a result', (callback) => callback(null, { rows: 4 }), ['start', 'success']],
  ['an error', (callback) => callback('no rows'), ['start', 'fail']],
])('waits for a handler that calls back with %s', async (_name, callBack, expected) => {
  const { monitor, kinds } = await setUp()
  const handler = monitorLambda(monitor, (_event: object, _context: Context, callback: Callback) => {
    setImmediate(() => callBack(callback))
  })

  await Promise.resolve(handler({}, contextOf())).catch((error: unknown) => expect(error).toBe('no rows'))

  expect(kinds()).toEqual(expected)
})

it('reports a run that is about to time out, once, with the request id', async () => {
  const { monitor, kinds, last } = await setUp()
  const timers: { readonly afterMs: number; readonly fire: () => void }[] = []
  let finish = (_result: string): void => {}
  const handler = monitorLambda(
    monitor,
    () => new Promise<string>((resolve) => (finish = resolve)),
    {},
    (fire, afterMs) => {
      timers.push({ fire, afterMs })
      return () => {}
    },
  )

  const ended = handler({}, contextOf(3_000))
  timers[0]?.fire()
  await vi.waitFor(() => expect(kinds()).toEqual(['start', 'fail']))
  finish('late')

  expect(await ended).toBe('late')
  expect(timers.map(({ afterMs }) => afterMs)).toEqual([2_500])
  expect(kinds()).toEqual(['start', 'fail'])
  expect(last()?.errorMessage).toBe('the function is about to time out (request c6af9ac6-7b61)')
})

it('counts the partial failures of a batch', async () => {
  const { monitor, last } = await setUp()
  const event = { Records: [{ messageId: 'a' }, { messageId: 'b' }, { messageId: 'c' }] } as SQSEvent
  const handler = monitorLambda(monitor, async (_event: SQSEvent): Promise<SQSBatchResponse> => ({
    batchItemFailures: [{ itemIdentifier: 'b' }],
  }))

  await handler(event, contextOf())

  expect(last()).toMatchObject({ kind: 'success', meta: { batch_items: 3, batch_item_failures: 1 } })
})

it('makes a run of each invocation of a process that stays warm', async () => {
  const { monitor, kinds } = await setUp()
  const handler = monitorLambda(monitor, async () => 'ok')

  for (let invocation = 0; invocation < 3; invocation++) await handler({}, contextOf())

  expect(kinds()).toEqual(['start', 'success', 'start', 'success', 'start', 'success'])
})

it('works without a context, as local runners call it', async () => {
  const { monitor, kinds } = await setUp()

  await monitorLambda(monitor, async () => 'ok')({}, undefined as never)

  expect(kinds()).toEqual(['start', 'success'])
})

it('waits for a service that does not answer no longer than Lambda leaves', async () => {
  const { monitor, server } = await setUp()
  server.faults.add({ type: 'silence' })
  let answered = false

  const ended = monitorLambda(monitor, async () => 'ok')({}, contextOf(50)).then((result) => {
    answered = true
    return result
  })
  // A ping alone is given up after 3 s.
  await vi.waitFor(() => expect(answered).toBe(true), { timeout: 2_000 })

  expect(await ended).toBe('ok')
})

it('leaves Lambda time to take the result, whatever the service does', async () => {
  const { monitor, server } = await setUp()
  server.faults.add({ type: 'silence' })
  let isDone = false

  const ended = monitorLambda(monitor, async () => 'ok')({}, contextOf(90)).then((result) => {
    isDone = true
    return result
  })
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))

  expect(isDone).toBe(true)
  expect(await ended).toBe('ok')
})

it('runs a function without a monitor, with one warning', async () => {
  const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})

  expect(await monitorLambda({} as never, async () => 'ok')({}, contextOf())).toBe('ok')

  expect(String(emitWarning.mock.calls[0]?.[0])).toContain(
    'monitorLambda takes a monitor first, got an object',
  )
  emitWarning.mockRestore()
})

it.each([
  [-1, '-1'],
  [NaN, 'NaN'],
  [Infinity, 'Infinity'],
  [900_001, '900001'],
  [2_147_483_648, '2147483648'],
  ['500', 'a string'],
  [null, 'null'],
])('warns of the margin %j, and uses the default', async (marginMs, got) => {
  const { monitor, kinds } = await setUp()
  const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const waits: number[] = []
  const timer = (_fire: () => void, afterMs: number) => {
    waits.push(afterMs)
    return () => {}
  }

  const handler = monitorLambda(monitor, async () => 'ok', { marginMs: marginMs as number }, timer)
  await handler({}, contextOf(3_000))

  expect(emitWarning.mock.calls.map(([text]) => text)).toEqual([
    `marginMs of monitorLambda must be a number from 0 to 900000 (milliseconds), got ${got}. The default of 500 is used.`,
  ])
  expect([waits, kinds()]).toEqual([[2_500], ['start', 'success']])
  emitWarning.mockRestore()
})

it('does not fail each run of a margin above the time limit, and warns once', async () => {
  const { monitor, kinds } = await setUp()
  const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const waits: number[] = []
  const handler = monitorLambda(
    monitor,
    async () => 'ok',
    { marginMs: 5_000 },
    (_fire, afterMs) => {
      waits.push(afterMs)
      return () => {}
    },
  )

  await handler({}, contextOf(3_000))
  await handler({}, contextOf(5_000))
  await handler({}, contextOf(5_001))

  expect(waits).toEqual([1_500, 2_500, 1])
  expect(kinds()).toEqual(['start', 'success', 'start', 'success', 'start', 'success'])
  expect(emitWarning.mock.calls.map(([text]) => text)).toEqual([
    'marginMs of monitorLambda must be below the time limit of the function, got 5000 with 3000 ms left. Half of the time left is used.',
  ])
  emitWarning.mockRestore()
})

it.each([0, -5])('does not take %d ms left at the start for a time-out', async (leftMs) => {
  const { monitor, kinds } = await setUp()
  const timer = vi.fn(() => () => {})

  await monitorLambda(monitor, async () => 'ok', {}, timer)({}, contextOf(leftMs))
  await monitor.flush()

  expect(timer).not.toHaveBeenCalled()
  expect(kinds()).toEqual(['start', 'success'])
})

it('refuses what is no handler', async () => {
  const { monitor } = await setUp()

  expect(() => monitorLambda(monitor, {} as never)).toThrow('takes the handler of a function, got an object')
})
