import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseDuration } from '../parse-duration.ts'
import { jobLog } from './job-log.ts'
import { livingHolder, lockText } from './lock-holders.ts'
import { outputLines } from './output-lines.ts'
import { createOutputTail } from './output-tail.ts'
import { parseMeta } from './parse-meta.ts'

const linesOf = (text: string | Buffer) => {
  const tail = createOutputTail()
  tail.add(Buffer.from(text))
  return outputLines(tail.kept())
}

it.each([
  ['90s', 90_000],
  ['1h30m', 5_400_000],
  ['0.5s', 500],
  ['24d', 2_073_600_000],
  ['25d', undefined],
  ['0s', undefined],
  ['45', undefined],
  ['', undefined],
  ['-1m', undefined],
  ['1m garbage', undefined],
])('reads the span %j as %j', (text, expected) => {
  expect(parseDuration(text)).toBe(expected)
})

it('keeps the ends of a stream whatever its chunks are, and counts what it left out', () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 9_000, size: 'max' }), { maxLength: 30, size: 'max' })
  fc.assert(
    fc.property(chunks, (list) => {
      const all = Buffer.concat(list)
      const kept = createOutputTail()
      for (const chunk of list) kept.add(Buffer.from(chunk))
      const { head, tail, leftOut } = kept.kept()

      expect(head.length + tail.length + leftOut).toBe(all.length)
      expect(all.subarray(0, head.length).equals(head)).toBe(true)
      expect(all.subarray(all.length - tail.length).equals(tail)).toBe(true)
      if (leftOut > 0) expect(tail.length).toBe(32 * 1024)
    }),
    { numRuns: 60 },
  )
})

it('shows of output what people read', () => {
  expect(linesOf('\n\u001b[31mred\u001b[0m\r\n10%\r50%\r100%\n\nend\n\n')).toEqual(['red', '100%', '', 'end'])
  expect(linesOf('')).toEqual([])
  expect(linesOf(Buffer.from([0, 1, 2, 255]))).toEqual(['[4 bytes that are no text]'])
})

it('shows no line that was cut, and says how much is missing', () => {
  const lines = linesOf('x'.repeat(99).concat('\n').repeat(1_000))

  expect(lines).toContain('… 63136 bytes left out …')
  expect(lines.filter((line) => !line.startsWith('…')).every((line) => line.length === 99)).toBe(true)
})

it('gives a noisy stream no more room than leaves the other its half', () => {
  const noise = Array.from({ length: 1_000 }, (_, index) => `debug line ${index}`)
  const log = jobLog(noise, ['connection refused'])

  expect(log.join('\n').length).toBeLessThan(9_200)
  expect(log.slice(-2)).toEqual(['Standard error:', 'connection refused'])
  expect(log).toContain('debug line 0')
  expect(log).toContain('debug line 999')
  expect(log.some((line) => /^… \d+ lines left out …$/.test(line))).toBe(true)
})

it('names the streams only where there are two', () => {
  expect(jobLog([], ['a'])).toEqual(['a'])
  expect(jobLog(['b'], [])).toEqual(['b'])
})

it('takes numbers for metadata and nothing else', () => {
  expect(parseMeta('a=1\n b = 2.5 \n#c=3\n\nd=\n=4\ne=NaN\nf=Infinity\ng=1e3\n__proto__=7')).toEqual({
    meta: Object.defineProperty({ a: 1, b: 2.5, g: 1000 }, '__proto__', { value: 7, enumerable: true }),
    badLines: [5, 6, 7, 8],
  })
})

it('takes no other process for the one that holds a lock', () => {
  const text = lockText([
    { pid: 10, startedAt: '500' },
    { pid: 11, startedAt: '501' },
  ])
  const when = (starts: Readonly<Record<number, string>>) => livingHolder(text, (pid) => starts[pid])?.pid

  expect(when({ 10: '500' })).toBe(10)
  expect(when({ 11: '501' })).toBe(11)
  expect(when({ 10: '999', 11: '999' })).toBeUndefined()
  expect(when({ 10: '' })).toBe(10)
  expect(when({})).toBeUndefined()
  expect(livingHolder('garbage', () => '1')).toBeUndefined()
})
