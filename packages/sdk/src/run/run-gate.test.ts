import { expect, it } from 'vitest'
import { createRunGate } from './run-gate.ts'

it('lets the latest run end', () => {
  const gate = createRunGate()
  gate.enter('a')

  expect(gate.leave('a')).toBe(true)
})

it('does not let a run end that a newer one has superseded, neither before nor after that one has ended', () => {
  const before = createRunGate()
  before.enter('a')
  before.enter('b')
  expect(before.leave('a')).toBe(false)
  expect(before.leave('b')).toBe(true)

  const after = createRunGate()
  after.enter('a')
  after.enter('b')
  expect(after.leave('b')).toBe(true)
  expect(after.leave('a')).toBe(false)
})

it('lets a run end whose start another process has sent', () => {
  expect(createRunGate().leave('from elsewhere')).toBe(true)
})

it('makes a superseded run the latest one again when it is entered again', () => {
  const gate = createRunGate()
  gate.enter('a')
  gate.enter('b')

  gate.enter('a')

  expect(gate.leave('a')).toBe(true)
  expect(gate.leave('b')).toBe(false)
})

it('remembers a bounded number of superseded runs', () => {
  const gate = createRunGate()
  for (let run = 0; run <= 1_001; run++) gate.enter(run)

  gate.leave(1_001)

  expect(gate.leave(1_000)).toBe(false)
  expect(gate.leave(0)).toBe(true)
})
