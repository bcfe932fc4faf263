import { expect, it } from 'vitest'
import { createNewId } from './new-id.ts'

it('makes UUIDs of version 7 that begin with the time', () => {
  const newId = createNewId({ now: () => Date.UTC(2026, 0, 5), random: Math.random })

  for (const id of Array.from({ length: 1_000 }, newId)) {
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(parseInt(id.slice(0, 13).replace('-', ''), 16)).toBe(Date.UTC(2026, 0, 5))
  }
})

it('makes no id twice, even where time stands still and Math.random is replaced', () => {
  const newId = createNewId({ now: () => 0, random: () => 0.5 })

  expect(new Set(Array.from({ length: 4_096 }, newId)).size).toBe(4_096)
})

it('makes a readable id of any time and random number', () => {
  for (const now of [-1, 0.5, 2 ** 48 - 1, Number.MAX_SAFE_INTEGER]) {
    for (const random of [0, 1 - Number.EPSILON / 2]) {
      expect(createNewId({ now: () => now, random: () => random })()).toHaveLength(36)
    }
  }
})
