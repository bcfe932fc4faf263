import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Alert } from '@crontify/alert-engine'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import type { Notification } from '../channels/notification.ts'
import { foldRecords, unfold } from './fold-records.ts'
import { openDataFile } from './open-data-file.ts'
import { readDataText } from './read-data-text.ts'
import { HEADER, type StoredRecord } from './stored-record.ts'

const keep = { pings: 3, runsPerMonitor: 2, alerts: 3, requests: 3, notifications: 3 }
const header = `${JSON.stringify(HEADER)}\n`
const changeOf = (monitorId: string, number: number): StoredRecord => ({
  type: 'change',
  at: `2026-01-05T00:00:00.${String(number).padStart(3, '0')}Z`,
  change: {
    monitorId,
    state: { status: 'waiting' },
    runs: [{ status: 'running', runId: `r${number}`, monitorId, startedAt: number }],
    alerts: [],
    ping: { monitorId, kind: 'start', at: '', runId: `r${number}` },
  },
})
/** A run that ended, and may have matched a rule. */
const endedOf = (monitorId: string, number: number, hasMatched: boolean): StoredRecord => {
  const run = {
    runId: `r${number}`,
    monitorId,
    startedAt: number * 10_000_000,
    endedAt: number * 10_000_000 + 1,
  }
  const alert = { type: 'silent_failure', monitorId, runId: run.runId } as Alert
  return {
    type: 'change',
    at: '2026-01-05T00:00:00.000Z',
    change: {
      monitorId,
      state: { status: 'waiting' },
      runs: [{ ...run, status: 'success', durationMs: 1 }],
      alerts: hasMatched ? [alert] : [],
    },
  }
}
const notified = (number: number): StoredRecord => ({
  type: 'notification',
  notification: { id: `notification-${number}`, channelId: 'ops' } as Notification,
})
const record = fc.oneof(
  fc
    .tuple(fc.constantFrom('a', 'b'), fc.nat({ max: 9 }), fc.boolean())
    .map(([id, number, hasMatched]) => endedOf(id, number, hasMatched)),
  fc.nat({ max: 9 }).map(notified),
  fc.tuple(fc.constantFrom('a', 'b'), fc.nat({ max: 999 })).map(([id, number]) => changeOf(id, number)),
  fc.constantFrom<StoredRecord>({ type: 'reset' }, { type: 'removed', monitorId: 'a' }),
  fc.constant<StoredRecord>({ type: 'definitions', set: { monitors: [{ id: 'a' }], channels: [] } }),
)

function path(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-data-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return join(folder, 'data.jsonl')
}

it('comes to the same after it was shortened', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 60, size: 'max' }), (records) => {
      const folded = foldRecords(records, keep)
      expect(foldRecords(unfold(folded), keep)).toEqual(folded)
      expect(folded.pings.length).toBeLessThanOrEqual(keep.pings)
    }),
  )
})

it('gives what was written before any cut, whatever byte it falls on', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 12, size: 'max' }), fc.nat(), (records, at) => {
      const lines = records.map((one) => `${JSON.stringify(one)}\n`)
      const text = header + lines.join('')
      const cut = text.slice(0, at % (text.length + 1))

      const read = readDataText(cut)

      expect(read).toEqual({
        type: 'data',
        records: records.slice(0, Math.max(0, cut.split('\n').length - 2)),
      })
    }),
  )
})

it('does not believe what stands behind damage', () => {
  const good = JSON.stringify(changeOf('a', 1))
  const read = readDataText(`${header}${good}\n{"type":"cha\n${good}\n`)

  expect(read).toMatchObject({
    type: 'data',
    problem: expect.stringContaining('line 3 of 4 is damaged') as string,
  })
  expect('records' in read && read.records).toHaveLength(1)
})

it.each([
  ['{"name":"my-app"}\n', 'is not a data file of a mock server'],
  ['some notes\nof mine\n', 'is not a data file of a mock server'],
  ['no line end', 'is not a data file of a mock server'],
  ['{"crontifyMockServer":"data","version":2}\n', 'is of version 2, and only 1 is known'],
])('leaves %j alone', (text, words) => {
  const file = path()
  writeFileSync(file, text)

  expect(() => openDataFile(file, keep, () => {}, Infinity)).toThrow(words)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

it('is for its owner only, also when it was there before', () => {
  const file = path()
  writeFileSync(file, header, { mode: 0o644 })
  openDataFile(file, keep, () => {}, Infinity).close()

  expect(statSync(file).mode & 0o777).toBe(0o600)
})

it('is written anew when it has grown, and loses nothing that is kept', () => {
  const file = path()
  const opened = openDataFile(file, keep, () => {}, 2_000)
  const written: StoredRecord[] = []
  for (let number = 0; number < 500; number += 1) {
    const one = changeOf(number % 2 === 0 ? 'a' : 'b', number)
    written.push(one)
    opened.append(one)
  }
  opened.close()

  expect(statSync(file).size).toBeLessThan(10_000)
  const again = openDataFile(file, keep, () => {}, Infinity)
  expect(again.restored).toEqual(foldRecords(written, keep))
  again.close()
})

it('says once that nothing more can be kept, and does not throw', () => {
  const warnings: string[] = []
  const opened = openDataFile(path(), keep, (message) => warnings.push(message), Infinity)
  const circular = { type: 'time', at: '' } as { type: 'time'; at: string; self?: unknown }
  circular.self = circular

  opened.append(circular)
  opened.append({ type: 'reset' })

  expect(warnings).toEqual([expect.stringContaining('nothing is kept from now on')])
})
