import { expect, it } from 'vitest'
import { wrapText } from './wrap-text.ts'

it('breaks lines at spaces, and leaves longer words whole', () => {
  expect(wrapText('one two three', 7)).toBe('one two\nthree')
  expect(wrapText('one two three', 9, 2)).toBe('  one two\n  three')
  expect(wrapText('extraordinarily long', 5)).toBe('extraordinarily\nlong')
})
