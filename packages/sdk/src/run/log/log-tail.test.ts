import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLogTail, type LogTail } from './log-tail.ts'

function tailOf(lines: readonly string[]): LogTail {
  const tail = createLogTail((text) => text)
  for (const line of lines) tail.add(line)
  return tail
}

it('keeps a few lines as they are, in their order', () => {
  const tail = tailOf(['one', '', 'three'])

  expect(tail.kept()).toEqual({ head: 'one\n\nthree', tail: '', leftOut: 0 })
  expect(tail.last(2)).toEqual(['', 'three'])
  expect(tail.isEmpty()).toBe(false)
  expect(createLogTail((text) => text).isEmpty()).toBe(true)
})

it('keeps the first and the last of many lines, and counts those between', () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `line ${index}`)

  const { head, tail, leftOut } = tailOf(lines).kept()

  expect(head.startsWith('line 0\nline 1\n')).toBe(true)
  expect(tail.endsWith('line 99998\nline 99999')).toBe(true)
  expect(head.split('\n').length + leftOut + tail.split('\n').length).toBe(lines.length)
})

it('keeps both ends of one line that is too long', () => {
  const { tail } = tailOf([`begin${'x'.repeat(10_000_000)}end`]).kept()

  expect(tail).toMatch(/^begin.*x\n… \d+ characters left out …\nx.*end$/s)
  expect(tail.length).toBeLessThanOrEqual(16 * 1024)
})

it('stays within its memory whatever is logged, and loses no last line', () => {
  const length = fc.oneof(fc.nat(40_000), fc.nat(80), fc.constant(0))
  const line = fc
    .tuple(length, fc.string({ unit: 'binary', maxLength: 3 }))
    .map(([n, end]) => 'x'.repeat(n) + end)
  fc.assert(
    fc.property(fc.array(line, { size: 'max', maxLength: 300 }), (lines) => {
      const tail = tailOf(lines)
      const kept = tail.kept()
      expect(kept.head.length + kept.tail.length).toBeLessThanOrEqual(4 * 1024 + 16 * 1024)
      const last = lines.at(-1)
      if (last !== undefined && last.length < 1_000) expect(tail.last(1)).toEqual([last])
      if (kept.leftOut === 0 && lines.every(({ length }) => length < 16 * 1024)) {
        expect([...tail.last(Infinity)]).toEqual(lines)
      }
    }),
    { numRuns: 60 },
  )
})
