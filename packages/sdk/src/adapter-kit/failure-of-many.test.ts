import { expect, it } from 'vitest'
import { failureOfMany } from './failure-of-many.ts'

it('tells five causes, and counts the others', () => {
  const causes = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

  expect(failureOfMany(causes, '7 of 9 jobs failed').message).toBe(
    '7 of 9 jobs failed\na\nb\nc\nd\ne\nand 2 more',
  )
  expect(failureOfMany(causes.slice(0, 5), '5 of 9').message).toBe('5 of 9\na\nb\nc\nd\ne')
})
