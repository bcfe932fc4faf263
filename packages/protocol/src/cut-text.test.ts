import { expect, it } from 'vitest'
import { cutMiddle, cutText } from './cut-text.ts'

it('leaves a text alone that fits', () => {
  expect(cutText('abc', 3)).toBe('abc')
  expect(cutMiddle('abc', 3)).toBe('abc')
})

it('keeps the head and does not cut a character in half', () => {
  expect(cutText('abcd', 3)).toBe('abc')
  expect(cutText('ab😀', 3)).toBe('ab')
  expect(cutText('ab😀', 4)).toBe('ab😀')
})

it('replaces surrogates that stand alone', () => {
  expect(cutText('a\ud83d', 10)).toBe('a\ufffd')
})

it('keeps head and tail with a line that says how much is missing', () => {
  const text = `${'h'.repeat(500)}${'m'.repeat(1_000)}${'t'.repeat(500)}`

  const cut = cutMiddle(text, 200)

  expect(cut).toMatch(/^h+\n… \d+ characters left out …\nt+$/)
  expect(cut.length).toBeLessThanOrEqual(200)
  const missing = Number(/\d+/.exec(cut)?.[0])
  expect(cut.replace(/\n….*…\n/, '').length + missing).toBe(text.length)
})

it('stays within its limit and well-formed wherever the emoji stand', () => {
  for (let shift = 0; shift < 4; shift++) {
    for (let limit = 50; limit < 60; limit++) {
      const cut = cutMiddle('x'.repeat(shift) + '😀'.repeat(200), limit)

      expect(cut.length).toBeLessThanOrEqual(limit)
      expect(cut.isWellFormed()).toBe(true)
      expect(cut).not.toContain('\ufffd')
    }
  }
})
