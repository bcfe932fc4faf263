import { expect, it } from 'vitest'
import { createVirtualClock } from './virtual-clock.ts'

it('fires a timer that re-arms itself every 10 ms ten times in 100 ms, each at its own moment', async () => {
  const clock = createVirtualClock({ startAt: 0 })
  const seen: number[] = []
  const again = (): void => {
    seen.push(clock.now())
    clock.schedule(again, 10)
  }
  clock.schedule(again, 10)

  await clock.advance(100)

  expect(seen).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
  expect(clock.now()).toBe(100)
})

it('stands still until it is moved', async () => {
  const clock = createVirtualClock({ startAt: 1_000 })
  let fired = false
  clock.schedule(() => {
    fired = true
  }, 0)

  await Promise.resolve()
  expect([clock.now(), fired]).toEqual([1_000, false])

  await clock.advance(0)
  expect([clock.now(), fired]).toEqual([1_000, true])
})

it('runs callbacks by due time, and equal ones in the order of scheduling', async () => {
  const clock = createVirtualClock({ startAt: 0 })
  const order: string[] = []
  for (const [name, afterMs] of [
    ['late', 20],
    ['first of two', 10],
    ['second of two', 10],
    ['long ago', -5],
  ] as const) {
    clock.schedule(() => order.push(name), afterMs)
  }

  await clock.advance(20)

  expect(order).toEqual(['long ago', 'first of two', 'second of two', 'late'])
})

it('fires at the very moment that it was asked to reach, and nothing later', async () => {
  const clock = createVirtualClock({ startAt: 0 })
  const seen: number[] = []
  clock.schedule(() => seen.push(10), 10)
  clock.schedule(() => seen.push(11), 11)

  await clock.advance(10)

  expect(seen).toEqual([10])
})

it('does not fire what was taken back, also from inside a callback of the same moment', async () => {
  const clock = createVirtualClock({ startAt: 0 })
  const fired: string[] = []
  clock.schedule(() => {
    cancel()
  }, 10)
  const cancel = clock.schedule(() => fired.push('taken back'), 10)
  clock.schedule(() => fired.push('stays'), 10)

  await clock.advance(10)
  cancel()

  expect(fired).toEqual(['stays'])
})

it('lets promise chains that a callback began settle before time moves on', async () => {
  const clock = createVirtualClock({ startAt: 0 })
  const seen: number[] = []
  clock.schedule(() => {
    void (async () => {
      for (let turn = 0; turn < 20; turn += 1) await undefined
      seen.push(clock.now())
      clock.schedule(() => seen.push(clock.now()), 5)
    })()
  }, 10)
  clock.schedule(() => seen.push(clock.now()), 20)

  await clock.advance(30)

  expect(seen).toEqual([10, 15, 20])
})

it('waits between callbacks as its option says', async () => {
  const steps: string[] = []
  const clock = createVirtualClock({
    startAt: 0,
    settle: async () => {
      steps.push('settle')
    },
  })
  clock.schedule(() => steps.push('callback'), 10)

  await clock.advance(10)

  expect(steps).toEqual(['settle', 'callback', 'settle'])
})

it('adds up calls that are made at the same time', async () => {
  const clock = createVirtualClock({ startAt: 0 })
  const seen: number[] = []
  for (const afterMs of [5, 15, 25]) clock.schedule(() => seen.push(clock.now()), afterMs)

  await Promise.all([clock.advance(10), clock.advance(10), clock.advance(10)])

  expect(seen).toEqual([5, 15, 25])
  expect(clock.now()).toBe(30)
})

it('rejects with what a callback throws, stays at its moment, and can be moved on', async () => {
  const clock = createVirtualClock({ startAt: 0 })
  const thrown = new Error('from the callback')
  clock.schedule(() => {
    throw thrown
  }, 10)

  await expect(clock.advance(100)).rejects.toBe(thrown)
  expect(clock.now()).toBe(10)

  await clock.advance(5)
  expect(clock.now()).toBe(15)
})

it.each([-1, NaN, Infinity])('refuses to move by %d', async (byMs) => {
  const clock = createVirtualClock({ startAt: 0 })

  await expect(clock.advance(byMs)).rejects.toThrow(RangeError)
  expect(clock.now()).toBe(0)
})

it('refuses to start at no time', () => {
  expect(() => createVirtualClock({ startAt: NaN })).toThrow(RangeError)
})
