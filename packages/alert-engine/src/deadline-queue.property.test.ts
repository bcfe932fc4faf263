import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createDeadlineQueue } from './deadline-queue.ts'

type Move =
  | { readonly type: 'set'; readonly key: string; readonly dueAt: number | null }
  | { readonly type: 'take'; readonly now: number }

const moves = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant('set' as const),
        key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
        dueAt: fc.option(fc.nat(100), { freq: 6 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('take' as const), now: fc.nat(100) }) },
  ) satisfies fc.Arbitrary<Move>,
  { maxLength: 200, size: 'max' },
)

/** What a queue must do, by looking at everything every time. */
function due(deadlines: ReadonlyMap<string, number>, now: number): string[] {
  return [...deadlines]
    .filter(([, dueAt]) => dueAt <= now)
    .toSorted(([, one], [, other]) => one - other)
    .map(([key]) => key)
}

it('gives what a look at every deadline would give, however they are moved', () => {
  fc.assert(
    fc.property(moves, (steps: readonly Move[]) => {
      const queue = createDeadlineQueue()
      const deadlines = new Map<string, number>()
      for (const step of steps) {
        if (step.type === 'set') {
          queue.set(step.key, step.dueAt)
          if (step.dueAt === null) deadlines.delete(step.key)
          else deadlines.set(step.key, step.dueAt)
        } else {
          const expected = due(deadlines, step.now)
          const taken = queue.takeDue(step.now)
          expect(taken.toSorted()).toEqual(expected.toSorted())
          expect(taken.map((key) => deadlines.get(key))).toEqual(expected.map((key) => deadlines.get(key)))
          for (const key of taken) deadlines.delete(key)
        }
        expect(queue.nextAt()).toBe(deadlines.size === 0 ? null : Math.min(...deadlines.values()))
      }
    }),
    { numRuns: 500 },
  )
})

it('forgets everything when it is cleared', () => {
  const queue = createDeadlineQueue()
  queue.set('a', 1)
  queue.clear()

  expect(queue.nextAt()).toBeNull()
  expect(queue.takeDue(10)).toEqual([])

  queue.set('a', 2)
  expect(queue.takeDue(2)).toEqual(['a'])
})
