import { redact } from '@crontify/sdk/adapter'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { causeLines } from './cause-lines.ts'
import { jobLog } from './job-log.ts'
import { livingHolder, lockText } from './lock-holders.ts'
import { outputLines } from './output-lines.ts'
import { createOutputTail } from './output-tail.ts'
import { parseMeta } from './parse-meta.ts'

const linesOf = (text: string | Buffer) => {
  const tail = createOutputTail()
  tail.add(Buffer.from(text))
  return outputLines(tail.kept(), redact)
}

it('keeps the ends of a stream whatever its chunks are, and counts the bytes it leaves out', () => {
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

it('shows output as a person would read it', () => {
  expect(linesOf('\n\u001b[31mred\u001b[0m\r\n10%\r50%\r100%\n\nend\n\n')).toEqual(['red', '100%', '', 'end'])
  expect(linesOf('')).toEqual([])
  expect(linesOf(Buffer.from([0, 1, 2, 255]))).toEqual(['[binary output, 4 bytes]'])
})

it('shows no line that was cut, and how much is missing', () => {
  const lines = linesOf('x'.repeat(99).concat('\n').repeat(1_000))

  expect(lines).toContain('… 63136 bytes left out …')
  expect(lines.filter((line) => !line.startsWith('…')).every((line) => line.length === 99)).toBe(true)
})

const numbered = (count: number, word = 'line') =>
  Array.from({ length: count }, (_, index) => `${word} ${index}`)

it('starts the log with the last lines of both streams, standard error first', () => {
  const log = jobLog({
    stdout: [...numbered(4_000), 'ERROR: quota exceeded'],
    stderr: ['warning', 'see above'],
  })

  const snippet = log.join('\n').slice(0, 500)
  expect(snippet).toMatch(
    /^Last lines of standard error:\nwarning\nsee above\nLast lines of standard output:\n/,
  )
  expect(snippet).toContain('ERROR: quota exceeded')
})

it('starts the log of a single stream with its last lines', () => {
  const log = jobLog({ stdout: [...numbered(4_000), 'ERROR: quota exceeded'], stderr: [] })

  expect(log[0]).toBe('Last lines:')
  expect(log.join('\n').slice(0, 500)).toContain('ERROR: quota exceeded')
})

it('repeats nothing if all of the output fits into an alert', () => {
  expect(jobLog({ stdout: [], stderr: ['a'] })).toEqual(['a'])
  expect(jobLog({ stdout: ['b'], stderr: [] })).toEqual(['b'])
  expect(jobLog({ stdout: ['b'], stderr: ['a'] })).toEqual([
    'Output on standard error:',
    'a',
    '',
    'Output on standard output:',
    'b',
  ])
})

it('leaves a quiet stream its room beside a noisy one, within the limit of the service', () => {
  const log = jobLog({ stdout: numbered(2_000), stderr: numbered(2_000, 'error') })

  expect(log.join('\n').length).toBeLessThan(9_900)
  for (const line of ['line 0', 'line 1999', 'error 0', 'error 1999']) expect(log).toContain(line)
  expect(log.filter((line) => /^… \d+ lines left out …$/.test(line))).toHaveLength(2)
})

it('finds the error that buffered output follows', () => {
  const lines = [...numbered(50), 'ValueError: bad date', ...numbered(50)]

  expect(causeLines(lines, 100)[0]).toBe('ValueError: bad date')
  expect(causeLines([...lines, 'rm: cannot remove'], 100)).not.toContain('ValueError: bad date')
  expect(causeLines(numbered(50), 20)).toEqual(['line 48', 'line 49'])
  expect(causeLines(['x'.repeat(50)], 20)).toEqual(['x'.repeat(20)])
  expect(causeLines([], 20)).toEqual([])
})

const KEY_LINE = 'KEYBODYabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01'

it('shows no line of a private key, however long it is and wherever the gap cuts it', () => {
  fc.assert(
    fc.property(fc.nat(6_000), fc.integer({ min: 1, max: 900 }), fc.nat(40_000), (before, lines, after) => {
      const key = `-----BEGIN RSA PRIVATE KEY-----\n${`${KEY_LINE}\n`.repeat(lines)}-----END RSA PRIVATE KEY-----\n`
      const text = `${'b'.repeat(before)}\n${key}${'after\n'.repeat(after / 6)}the end\n`

      const shown = linesOf(text)
      expect(shown.join('\n')).not.toContain('KEYBODY')
      expect(shown.at(-1)).toBe('the end')
    }),
    { numRuns: 200 },
  )
})

it('shows what follows a private key', () => {
  const key = `-----BEGIN PRIVATE KEY-----\n${`${KEY_LINE}\n`.repeat(700)}-----END PRIVATE KEY-----\n`

  expect(linesOf(`${key}disk is full\n`).at(-1)).toBe('disk is full')
})

it('shows no half of a word that the gap cuts', () => {
  const secret = 's3cretS3cretS3cret'
  for (let shift = 0; shift < 40; shift++) {
    const text = `token=${secret}${' x'.repeat(18_400 - 20)}${'y'.repeat(shift)}\n`
    expect(linesOf(`${'a'.repeat(4_080)} ${text}`).join(' ')).not.toMatch(/S3cret/)
  }
})

it('reads numbers as metadata and nothing else', () => {
  expect(parseMeta('a=1\n b = 2.5 \n#c=3\n\nd=\n=4\ne=NaN\nf=Infinity\ng=1e3\n__proto__=7')).toEqual({
    meta: Object.defineProperty({ a: 1, b: 2.5, g: 1000 }, '__proto__', { value: 7, enumerable: true }),
    badLines: [5, 6, 7, 8],
  })
})

it('does not mistake another process for the one that holds a lock', () => {
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
