import { expect, it } from 'vitest'
import { frame, MAX_FILE_BYTES, unframe } from './spool-frame.ts'

function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(frame(value))
}

it('gives back what was framed, with line ends and lone surrogates in it', () => {
  const value = { text: 'one\ntwo\u2028\ud800 ä', number: -0.5, list: [null, true] }

  expect(unframe(bytesOf(value))).toEqual({ value })
})

it('does not believe a file with one bit turned over, wherever it is', () => {
  const whole = bytesOf({ kind: 'fail' })

  for (let bit = 0; bit < whole.length * 8; bit++) {
    const flipped = Uint8Array.from(whole)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(unframe(flipped), `bit ${bit}`).toBeUndefined()
  }
})

it('does not believe a file that is cut off, wherever it is', () => {
  const whole = bytesOf({ kind: 'fail' })

  for (let length = 0; length < whole.length; length++) {
    expect(unframe(whole.subarray(0, length)), `${length} bytes`).toBeUndefined()
  }
})

it.each([
  ['an empty file', ''],
  ['zeros', '\0'.repeat(200)],
  ['JSON without a checksum', '{}\n'],
  ['a good checksum over no JSON', '{"a":\nfbbe1a78\n'],
])('does not believe %s', (_name, text) => {
  expect(unframe(new TextEncoder().encode(text))).toBeUndefined()
})

it('makes no file that it would not read', () => {
  const overhead = Buffer.byteLength(frame('') ?? '')
  const longest = 'x'.repeat(MAX_FILE_BYTES - overhead)

  expect(unframe(bytesOf(longest))).toEqual({ value: longest })
  expect(frame(`${longest}x`)).toBeUndefined()
  expect(unframe(new Uint8Array(MAX_FILE_BYTES + 1))).toBeUndefined()
})
