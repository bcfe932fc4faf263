import { expect, it } from 'vitest'
import { createBoundedList } from './bounded-list.ts'

it.each([1, 2, 3, 7])('keeps the newest %d entries in their order, and counts what went', (limit) => {
  const list = createBoundedList<number>(limit)
  for (let pushed = 1; pushed <= 20; pushed += 1) {
    list.push(pushed)

    const kept = Math.min(pushed, limit)
    expect(list.all()).toEqual(Array.from({ length: kept }, (_, index) => pushed - kept + index + 1))
    expect(list.dropped()).toBe(pushed - kept)
  }
})

it('begins anew when it is cleared', () => {
  const list = createBoundedList<number>(1)
  list.push(1)
  list.push(2)

  list.clear()

  expect([list.all(), list.dropped()]).toEqual([[], 0])
})
