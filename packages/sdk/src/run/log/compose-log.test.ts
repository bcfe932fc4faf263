import fc from 'fast-check'
import { LOG_SNIPPET_LENGTH, MAX_LOG_OUTPUT_LENGTH } from '@crontify/protocol'
import { expect, it } from 'vitest'
import { redact } from '../../redaction/redact.ts'
import { composeLog, leadWithFrames } from './compose-log.ts'
import { createLogTail, type LogTail } from './log-tail.ts'

function tailOf(lines: readonly string[]): LogTail {
  const tail = createLogTail((text) => text)
  for (const line of lines) tail.add(line)
  return tail
}

const asItIs = (text: string): string => text
const stackOf = (message: string): string =>
  `Error: ${message}\n    at copyFile (/app/backup.ts:12:9)\n    at nightlyBackup (/app/backup.ts:40:3)`

it('is the error alone where nothing was logged, and nothing where there is no error either', () => {
  expect(composeLog(stackOf('disk is full'), tailOf([]), asItIs)).toBe(stackOf('disk is full'))
  expect(composeLog(undefined, tailOf([]), asItIs)).toBeUndefined()
})

it('is the error, then what the run has logged', () => {
  expect(composeLog(stackOf('disk is full'), tailOf(['copied ledger', 'copying contracts']), asItIs)).toBe(
    `${stackOf('disk is full')}\n\nLog of the run:\ncopied ledger\ncopying contracts`,
  )
  expect(composeLog(undefined, tailOf(['copied ledger']), asItIs)).toBe('copied ledger')
})

// [D LOG] The service keeps the first 10,000 characters.
it('keeps the error, the first lines and above all the last ones within 10,000 characters', () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `copied file ${index}`)

  const log = composeLog(stackOf('disk is full'), tailOf(lines), asItIs) ?? ''

  expect(log.length).toBeLessThanOrEqual(MAX_LOG_OUTPUT_LENGTH)
  expect(log.length).toBeGreaterThan(MAX_LOG_OUTPUT_LENGTH - 100)
  expect(log.startsWith(stackOf('disk is full'))).toBe(true)
  expect(log).toContain('copied file 0\n')
  expect(log).toMatch(/left out …/)
  expect(log.endsWith('copied file 19998\ncopied file 19999')).toBe(true)
})

// [D CHAN] Alerts show the first 500 characters.
it('has the error line and the top frames where alerts show them, however long the message is', () => {
  const log = composeLog(stackOf('SELECT '.repeat(2_000)), tailOf(['copied ledger']), asItIs) ?? ''

  const snippet = log.slice(0, LOG_SNIPPET_LENGTH)
  expect(snippet).toContain('Error: SELECT SELECT')
  expect(snippet).toContain('at copyFile (/app/backup.ts:12:9)')
  expect(snippet).toContain('at nightlyBackup (/app/backup.ts:40:3)')
  expect(log).toContain('copied ledger')
  expect(log.length).toBeLessThanOrEqual(MAX_LOG_OUTPUT_LENGTH)
})

it('leaves an error as it is whose frames come soon enough, or that has none', () => {
  expect(leadWithFrames(stackOf('disk is full'))).toBe(stackOf('disk is full'))
  expect(leadWithFrames('x'.repeat(1_000))).toBe('x'.repeat(1_000))
})

it('lets no secret through that a cut would split', () => {
  const secret = `ghp_${'A1b2C3d4E5f6'.repeat(3)}`
  const key = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQ'.repeat(300)}\n-----END PRIVATE KEY-----`

  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 30_000 }),
      fc.constantFrom(secret, key),
      fc.boolean(),
      (before, text, inOneLine) => {
        const filler = 'copied a file\n'.repeat(before / 14)
        const lines = inOneLine ? [`${filler} ${text} ${filler}`] : [filler, text, filler]
        const log = composeLog(stackOf(`${filler} ${text}`), tailOf(lines), redact) ?? ''
        for (const part of ['C3d4E5f6A1b2', 'MIIEvQMIIEvQ']) expect(log).not.toContain(part)
      },
    ),
    { numRuns: 100 },
  )
})

it('cuts no character in half, and never exceeds what the service takes', () => {
  const text = fc.string({ unit: 'binary', size: 'max', maxLength: 30_000 })
  fc.assert(
    fc.property(fc.option(text), fc.array(text, { maxLength: 5 }), (error, lines) => {
      const log = composeLog(error ?? undefined, tailOf(lines), asItIs) ?? ''
      expect(log.length).toBeLessThanOrEqual(MAX_LOG_OUTPUT_LENGTH)
      expect(log.isWellFormed()).toBe(true)
    }),
    { numRuns: 60 },
  )
})
