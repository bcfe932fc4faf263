import { replay } from '@crontify/mock-server'
import { expect, it } from 'vitest'
import { accepted, startServer } from './server.ts'

const rule = { field: 'records', operator: 'eq', threshold: 0 } as const
const sync = { id: 'sync', schedule: '0 2 * * *' }

it('tells what other rules would have said', async () => {
  const server = await startServer({ monitors: [sync] })
  await accepted(server, 'sync', 'success', { meta: { records: 0 } })
  expect(server.alerts()).toEqual([])

  const { alerts } = replay(server.journal(), { monitors: [{ ...sync, rules: [rule] }] })

  expect(alerts).toMatchObject([{ type: 'silent_failure', at: '2026-01-05T00:00:00.000Z' }])
})

it('tells what other semantics would have said', async () => {
  const server = await startServer({ monitors: [sync] })
  await accepted(server, 'sync', 'success')
  await server.advance('1h')

  const { alerts, runs } = replay(server.journal(), { semantics: 'documentedLiteral' })

  expect(alerts).toMatchObject([{ type: 'missed', at: '2026-01-05T00:06:00.000Z' }])
  expect(runs.map(({ status }) => status)).toEqual(['success', 'missed'])
})

it('says that a journal has forgotten its beginning', async () => {
  const server = await startServer({ monitors: [sync], keep: { requests: 1 } })
  await accepted(server, 'sync', 'success')
  await accepted(server, 'sync', 'success')

  expect(replay(server.journal()).isComplete).toBe(false)
})

it.each([
  [{}, '"version" is missing'],
  [{ version: 2 }, '"version" is 2'],
  ['a text', 'The whole is "a text"'],
])('refuses %j as a journal', (journal, words) => {
  expect(() => replay(journal as never)).toThrow(RangeError)
  expect(() => replay(journal as never)).toThrow(words)
})

it('refuses definitions that are wrong, naming them', async () => {
  const server = await startServer({ monitors: [sync] })

  expect(() => replay(server.journal(), { monitors: [{ ...sync, schedule: '61 * * * *' }] })).toThrow(
    'monitor "sync": "schedule"',
  )
})
