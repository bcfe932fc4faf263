import { expect, it } from 'vitest'
import { monitored } from './monitored.ts'
import type { Pinger } from './pinger.ts'

function recorder(): Pinger & { readonly calls: string[] } {
  const calls: string[] = []
  const record = (kind: string) => (options?: object) => {
    calls.push(options === undefined ? kind : `${kind} ${JSON.stringify(options)}`)
  }
  return { calls, start: record('start'), success: record('success'), fail: record('fail') }
}

it('keeps this, arguments, length and name of the job', () => {
  const seen: unknown[] = []
  function syncUsers(this: unknown, first: string, second: number): void {
    seen.push(this, first, second)
  }
  const watched = monitored(recorder(), syncUsers)
  const owner = { watched }

  owner.watched('a', 2)

  expect(seen).toEqual([owner, 'a', 2])
  expect([watched.length, watched.name]).toEqual([2, 'syncUsers'])
})

it('keeps a synchronous job synchronous', () => {
  const monitor = recorder()
  const value = { rows: 3, text: 'x' }

  expect(monitored(monitor, () => value)()).toBe(value)

  expect(monitor.calls).toEqual([
    'start',
    expect.stringMatching(/^success {"meta":{"duration_ms":\d+,"rows":3}}$/),
  ])
})

it('resolves with the very value of an asynchronous job', async () => {
  const monitor = recorder()
  const value = Object.freeze({ rows: 3 })

  const result = monitored(monitor, async () => value)()

  expect(monitor.calls).toEqual(['start'])
  expect(await result).toBe(value)
  expect(monitor.calls).toEqual([
    'start',
    expect.stringMatching(/^success {"meta":{"duration_ms":\d+,"rows":3}}$/),
  ])
})

it.each([new Error('x'), undefined, 'x', 0])(
  'throws and rejects with the very value of the job: %s',
  async (thrown) => {
    const monitor = recorder()

    await expect(monitored(monitor, () => Promise.reject(thrown as Error))()).rejects.toBe(thrown)
    let caught: unknown = 'nothing'
    try {
      monitored(monitor, () => {
        throw thrown
      })()
    } catch (error) {
      caught = error
    }

    expect(caught).toBe(thrown)
    expect(monitor.calls.map((call) => call.split(' ')[0])).toEqual(['start', 'fail', 'start', 'fail'])
  },
)

it('begins the run before the job', () => {
  const monitor = recorder()

  monitored(monitor, () => monitor.calls.push('job'))()

  expect(monitor.calls).toEqual([
    'start',
    'job',
    expect.stringMatching(/^success {"meta":{"duration_ms":\d+}}$/),
  ])
})

it('passes a call on unwatched that is not a run', () => {
  const monitor = recorder()
  const watched = monitored(monitor, (manual: boolean) => manual, { when: (manual) => !manual })

  expect(watched(true)).toBe(true)
  expect(monitor.calls).toEqual([])
  expect(watched(false)).toBe(false)
  expect(monitor.calls).toEqual(['start', expect.stringMatching(/^success {"meta":{"duration_ms":\d+}}$/)])
})

it('survives callbacks that throw', () => {
  const monitor = recorder()
  const broken = (): never => {
    throw new Error('broken')
  }

  expect(monitored(monitor, () => 'done', { when: broken, meta: broken })()).toBe('done')

  expect(monitor.calls).toEqual(['start', expect.stringMatching(/^success {"meta":{"duration_ms":\d+}}$/)])
})

it('follows a thenable that is no promise, also one whose then returns nothing', async () => {
  const monitor = recorder()
  const thenable = { then: (resolve: (value: number) => void) => resolve(7) }

  const result = await monitored(monitor, () => thenable as unknown as Promise<number>)()

  expect(result).toBe(7)
  expect(monitor.calls).toEqual(['start', expect.stringMatching(/^success {"meta":{"duration_ms":\d+}}$/)])
})

it('does not wait for a ping', async () => {
  const never: Pinger = {
    start: () => new Promise(() => {}),
    success: () => new Promise(() => {}),
    fail: () => null,
  }

  expect(await monitored(never, async () => 'done')()).toBe('done')
})

it('waits for the start ping where it is told so, and calls the job with everything it would have got', async () => {
  const monitor = recorder()
  let sent = (): void => {}
  const begun = new Promise<void>((resolve) => (sent = resolve))
  const slow: Pinger = { ...monitor, start: () => begun }
  const calls: unknown[] = []
  function job(this: unknown, first: string): number {
    calls.push(this, first)
    return 3
  }
  const watched = monitored(slow, job, { awaitStart: true })

  const result = watched.call('owner', 'a')
  expect(result).toBeInstanceOf(Promise)
  expect(calls).toEqual([])
  sent()

  expect(await result).toBe(3)
  expect(calls).toEqual(['owner', 'a'])
})

it('waits no longer than it was told', async () => {
  const silent: Pinger = { ...recorder(), start: () => new Promise(() => {}) }

  expect(await monitored(silent, () => 'done', { awaitStart: 5 })()).toBe('done')
})

it.each([false, 0, -1, Number.NaN, undefined])(
  'does not wait for a start with awaitStart: %s',
  (awaitStart) => {
    expect(monitored(recorder(), () => 'done', { awaitStart } as { awaitStart?: boolean })()).toBe('done')
  },
)

it('rejects with what a job throws that has waited', async () => {
  const failing = (): never => {
    throw new RangeError('disk is full')
  }

  await expect(monitored(recorder(), failing, { awaitStart: true })()).rejects.toThrow(RangeError)
})

it('refuses what is not a function', () => {
  expect(() => monitored(recorder(), 'job' as never)).toThrow(TypeError)
})
