import { expect, it } from 'vitest'
import { createRedactor, WITHHELD, type RedactOption } from './redactor.ts'

/** A clock on which each call of the caller's function takes the next of these times. */
function made(option: RedactOption, tookMs: readonly number[] = []) {
  const problems: string[] = []
  let now = 0
  let calls = 0
  const timed =
    typeof option === 'function'
      ? (text: string): string => {
          now += tookMs[calls++] ?? 0
          return option(text)
        }
      : option
  const redactor = createRedactor(timed, { monotonic: () => now }, (problem) => problems.push(problem))
  return { redactor, problems, calls: () => calls }
}

it('uses the built-in patterns unless told otherwise', () => {
  expect(made(undefined).redactor('password=abc1')).toBe('password=[redacted]')
})

it('leaves a text as it is with `false`', () => {
  expect(made(false).redactor('password=abc1')).toBe('password=abc1')
})

it("uses the caller's function instead of the built-in patterns", () => {
  const { redactor, problems } = made((text) => text.replaceAll('ACME', '***'))

  expect(redactor('ACME password=abc1')).toBe('*** password=abc1')
  expect(problems).toEqual([])
})

it('withholds the text when the function throws, and says so once', () => {
  const { redactor, problems } = made(() => {
    throw new Error('the text itself')
  })

  expect([redactor('a'), redactor('b')]).toEqual([WITHHELD, WITHHELD])
  expect(problems).toEqual(['redact threw; texts are withheld'])
})

it.each<[string, () => unknown]>([
  ['undefined', () => undefined],
  ['a number', () => 7],
  ['a promise', () => Promise.resolve('x')],
  ['a promise that rejects', () => Promise.reject(new Error('x'))],
])('withholds the text when the function returns %s, and says so once', (_name, returned) => {
  const { redactor, problems } = made(returned as unknown as RedactOption)

  expect([redactor('a'), redactor('b')]).toEqual([WITHHELD, WITHHELD])
  expect(problems).toEqual(['redact returned no text; texts are withheld'])
})

it('uses the function again after it failed for one text', () => {
  const { redactor } = made((text) => (text === 'odd' ? (undefined as unknown as string) : text))

  expect([redactor('odd'), redactor('even')]).toEqual([WITHHELD, 'even'])
})

it('calls the function no more after it was slow three times in a row', () => {
  const { redactor, problems, calls } = made((text) => text, [51, 51, 51])

  const texts = ['a', 'b', 'c', 'd', 'e'].map(redactor)

  expect(texts).toEqual(['a', 'b', WITHHELD, WITHHELD, WITHHELD])
  expect(calls()).toBe(3)
  expect(problems).toEqual([
    'redact took more than 50 ms for each of the last 3 texts; it is not called any more, and texts are withheld',
  ])
})

it('forgives a function that is slow now and then, and one that takes 50 ms', () => {
  const { redactor, problems } = made((text) => text, [51, 51, 50, 51, 51, 0, 50, 50, 50, 50])

  const texts = Array.from('abcdefghij', redactor)

  expect(texts.join('')).toBe('abcdefghij')
  expect(problems).toEqual([])
})

it('hands the function no more than 64 KiB', () => {
  const lengths: number[] = []
  made((text) => {
    lengths.push(text.length)
    return text
  }).redactor('x '.repeat(1_000_000))

  expect(lengths[0]).toBeLessThanOrEqual(64 * 1024)
})
