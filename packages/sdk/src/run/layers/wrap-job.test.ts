import { expect, it } from 'vitest'
import { letTimePass, ok, respond, scripted, TEST_KEY, type Answer } from '../../../test/support/scripted.ts'
import { CrontifyMonitor } from '../../client/crontify-monitor.ts'
import type { MonitorOptions } from '../../options/options.ts'

function monitorIn(
  world: ReturnType<typeof scripted>,
  options: Partial<MonitorOptions> = {},
): CrontifyMonitor {
  return new CrontifyMonitor(
    { apiKey: TEST_KEY, monitorId: 'nightly-backup', ...options },
    world.surroundings,
  )
}

/** How long a job took is sent by itself; here time stands still. */
const SUCCESS = 'success {"meta":{"duration_ms":0}}'

const REFUSED: Answer = {
  type: 'failure',
  written: false,
  aborted: false,
  error: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
}

it('sends start before the job and success after it', async () => {
  const world = scripted()

  await monitorIn(world).wrap(() => void world.sent.push('job'))

  expect(world.sent).toEqual(['start', 'job', SUCCESS])
})

it('resolves with the very value of the job', async () => {
  const world = scripted()
  const value = Object.freeze({ rows: 3 })

  expect(await monitorIn(world).wrap(async () => value)).toBe(value)
  expect(await monitorIn(world).wrap(() => undefined)).toBeUndefined()
  expect(
    await monitorIn(world).wrap(() => ({ then: (done: (value: number) => void) => done(7) }) as never),
  ).toBe(7)
})

it.each([
  ['an Error', new Error('disk is full')],
  ['a frozen Error', Object.freeze(new TypeError('frozen'))],
  ['undefined', undefined],
  ['null', null],
  ['a text', 'disk is full'],
  ['zero', 0],
  ['an object', { code: 7 }],
])('rejects with the very value that the job threw: %s', async (_name, thrown) => {
  const world = scripted()
  const monitor = monitorIn(world)

  const viaRejection = monitor.wrap(() => Promise.reject(thrown as Error))
  await expect(viaRejection).rejects.toBe(thrown)
  const viaThrow = monitor.wrap(() => {
    throw thrown
  })
  await expect(viaThrow).rejects.toBe(thrown)

  expect(world.sent.map((sent) => sent.split(' ')[0])).toEqual(['start', 'fail', 'start', 'fail'])
  expect(world.sent[1]).toContain('"errorMessage":"')
})

it('sends the stack of the error as the log', async () => {
  const world = scripted()
  const error = new Error('disk is full')

  await monitorIn(world)
    .wrap(() => Promise.reject(error))
    .catch(() => {})

  const body = JSON.parse(world.requests[1]?.body ?? '') as { errorMessage: string; logOutput: string }
  expect(body).toMatchObject({ errorMessage: 'disk is full', logOutput: error.stack })
})

it('rejects with the error of the job also when every ping fails', async () => {
  for (const silent of [true, false]) {
    const world = scripted(Array.from({ length: 9 }, () => REFUSED))
    const error = new Error('the job')

    const wrapped = monitorIn(world, { silent }).wrap(() => Promise.reject(error))

    await expect(letTimePass(world, wrapped)).rejects.toBe(error)
  }
})

it('does not report a job as failed because its success ping failed', async () => {
  const world = scripted([ok('running'), respond(500)])

  const wrapped = monitorIn(world).wrap(() => 'done')

  expect(await letTimePass(world, wrapped)).toBe('done')
  expect(world.sent).toEqual(['start', SUCCESS, SUCCESS])
})

it('begins the job once the start ping is written, without waiting for its answer', async () => {
  const world = scripted(['hangs'])
  let began = false

  void monitorIn(world).wrap(() => {
    began = true
  })
  await world.clock.advance(0)

  expect(began).toBe(true)
})

it('holds the job back for at most 500 ms when the start ping cannot be written', async () => {
  const world = scripted(['hangs unwritten'])
  let began = false
  void monitorIn(world).wrap(() => {
    began = true
  })

  await world.clock.advance(499)
  expect(began).toBe(false)

  await world.clock.advance(1)
  expect(began).toBe(true)
})

it('holds the result back for at most 5 s when the last ping is not answered', async () => {
  const world = scripted([ok('running'), 'hangs', 'hangs', 'hangs'])
  let ended = false
  void monitorIn(world)
    .wrap(() => 'done')
    .then(() => (ended = true))

  await world.clock.advance(4_999)
  expect(ended).toBe(false)

  await world.clock.advance(1)
  expect(ended).toBe(true)
})

it('waits for nothing where the waits are 0', async () => {
  const world = scripted(['hangs unwritten', 'hangs'])

  const result = monitorIn(world, { delivery: { startWaitMs: 0, endWaitMs: 0 } }).wrap(() => 'done')

  expect(await result).toBe('done')
})

it('keeps the order of pings when the start is slow', async () => {
  const world = scripted(['hangs'])
  const monitor = monitorIn(world, { timeout: 1_000 })

  const wrapped = monitor.wrap(() => 'done')
  await world.clock.advance(999)
  expect(world.sent).toEqual(['start'])
  await world.clock.advance(1)

  expect(await wrapped).toBe('done')
  expect(world.sent).toEqual(['start', SUCCESS])
})

it('sends the metadata that is made from the result', async () => {
  const world = scripted()

  await monitorIn(world).wrap(async () => ({ count: 0 }), {
    meta: (result) => ({ records_processed: result.count }),
  })

  expect(world.sent[1]).toBe('success {"meta":{"duration_ms":0,"records_processed":0}}')
})

it('keeps the result and the ping when the meta function throws', async () => {
  const world = scripted()
  const meta = (): never => {
    throw new Error('no such count')
  }

  expect(await monitorIn(world).wrap(() => 'done', { meta })).toBe('done')

  expect(world.sent).toEqual(['start', SUCCESS])
  expect(world.warnings).toEqual([expect.stringContaining('no such count')])
})

it('does not send the end of a run that a newer one has superseded', async () => {
  const world = scripted()
  const monitor = monitorIn(world)
  const ends: (() => void)[] = []
  const job = () => new Promise<void>((resolve) => ends.push(resolve))

  const older = monitor.wrap(job)
  await world.clock.advance(0)
  const newer = monitor.wrap(job)
  await world.clock.advance(0)
  ends[0]?.()
  await older
  ends[1]?.()
  await newer

  expect(world.sent).toEqual(['start', 'start', SUCCESS])
})

it('says so when a superseded run failed', async () => {
  const world = scripted()
  const monitor = monitorIn(world)
  let failOlder = (_error: Error): void => {}
  const older = monitor.wrap(() => new Promise((_resolve, reject) => (failOlder = reject)))
  await world.clock.advance(0)

  await monitor.wrap(() => 'newer')
  failOlder(new Error('the older one'))
  await expect(older).rejects.toThrow('the older one')

  expect(world.sent).toEqual(['start', 'start', SUCCESS])
  expect(world.warnings).toEqual([expect.stringMatching(/newer run had started.*the older one/)])
})

it.each([undefined, 'job', {}, 7])('refuses what is not a function: %s', async (given) => {
  const world = scripted()

  await expect(monitorIn(world).wrap(given as never)).rejects.toThrow(TypeError)

  expect(world.sent).toEqual([])
})

it('says what to do when it is given a promise, and takes care of its rejection', async () => {
  const wrapped = monitorIn(scripted()).wrap(Promise.reject(new Error('lost')) as never)

  await expect(wrapped).rejects.toThrow('wrap(() => job())')
})

it('runs the job and sends nothing where the client is off', async () => {
  for (const options of [{ enabled: false }, { apiKey: '' }, { monitorId: '../secret' }]) {
    const world = scripted()
    const error = new Error('the job')
    const monitor = monitorIn(world, options)

    expect(await monitor.wrap(() => 'done')).toBe('done')
    await expect(monitor.wrap(() => Promise.reject(error))).rejects.toBe(error)

    expect(monitor.enabled).toBe(false)
    expect(world.sent).toEqual([])
  }
})

it('throws the error of a ping after a job that succeeded, with silent: false', async () => {
  const world = scripted([respond(401)])
  let ran = false

  const wrapped = monitorIn(world, { silent: false }).wrap(() => {
    ran = true
  })

  await expect(wrapped).rejects.toMatchObject({ name: 'CrontifyApiError', statusCode: 401 })
  expect(ran).toBe(true)
  // The service refused the key, so the success ping is kept until the key is tried again.
  expect(world.sent).toEqual(['start'])
})
