import { expect, it } from 'vitest'
import { createFaultList } from './fault-list.ts'

const sync = { monitorId: 'nightly-sync', kind: 'start' } as const

it('befalls every request as long as it is there', () => {
  const faults = createFaultList()
  const { id } = faults.add({ type: 'silence' })

  expect([faults.next(sync), faults.next({}), faults.next(sync)].map((fault) => fault?.id)).toEqual([
    id,
    id,
    id,
  ])
  expect(faults.remove(id)).toBe(true)
  expect(faults.next(sync)).toBeUndefined()
  expect(faults.remove(id)).toBe(false)
})

it('befalls only the monitor and kind that it names', () => {
  const faults = createFaultList()
  faults.add({ type: 'reset', monitorId: 'nightly-sync', kind: 'success' })

  expect(faults.next(sync)).toBeUndefined()
  expect(faults.next({ monitorId: 'other', kind: 'success' })).toBeUndefined()
  expect(faults.next({})).toBeUndefined()
  expect(faults.next({ monitorId: 'nightly-sync', kind: 'success' })?.type).toBe('reset')
})

it('lets the first ones through and ends after so many, counting both', () => {
  const faults = createFaultList()
  faults.add({ type: 'status', status: 503, skip: 1, times: 2 })

  const met = [1, 2, 3, 4].map(() => faults.next(sync)?.type)

  expect(met).toEqual([undefined, 'status', 'status', undefined])
  expect(faults.list()).toMatchObject([{ skipped: 1, hits: 2, isOver: true }])
})

it('takes the first of several that is not over', () => {
  const faults = createFaultList()
  faults.add({ type: 'status', status: 503, times: 1 })
  faults.add({ type: 'status', status: 429 })

  expect([faults.next(sync), faults.next(sync)]).toMatchObject([{ status: 503 }, { status: 429 }])
})

it.each([
  [{ type: 'fire' }, '"type" is "fire"', "'latency' | 'silence'"],
  [{ type: 'status', status: 99 }, '"status" is 99', '>=200'],
  [{ type: 'latency', delay: 'soon' }, '"delay" is "soon"', "'90s'"],
  [{ type: 'latency' }, '"delay" is missing', 'expected'],
  [{ type: 'silence', times: 0 }, '"times" is 0', '>=1'],
  [{ type: 'silence', monitor: 'x' }, '"monitor" is no field', 'known'],
  [{ type: 'silence', monitorId: '../x' }, '"monitorId" is "../x"', 'letters'],
  [{ type: 'status', status: 503, retryAfter: 'a\r\nSet-Cookie: b' }, '"retryAfter" is', 'printable'],
  ['reset', 'The whole is "reset"', 'expected object'],
])('refuses %j, naming field, value and what is accepted', (fault, value, accepted) => {
  const faults = createFaultList()

  const add = (): unknown => faults.add(fault as never)

  expect(add).toThrow(RangeError)
  expect(add).toThrow(value)
  expect(add).toThrow(accepted)
  expect(faults.list()).toEqual([])
})

it('keeps its own copy, and hands out frozen ones', () => {
  const faults = createFaultList()
  const fault = { type: 'status', status: 503 } as { type: 'status'; status: number }
  const listed = faults.add(fault)

  fault.status = 200

  expect(Object.isFrozen(listed)).toBe(true)
  expect(faults.next(sync)).toMatchObject({ status: 503 })
})

it('takes no more than a thousand', () => {
  const faults = createFaultList()
  for (let count = 0; count < 1_000; count += 1) faults.add({ type: 'reset' })

  expect(() => faults.add({ type: 'reset' })).toThrow('1000 already')
})
