import { expect, it } from 'vitest'
import type { Clock } from '../system-clock.ts'
import { showWaiting } from './show-waiting.ts'

/** A terminal, or none, whose time moves by hand. */
function terminal(stderr: boolean) {
  let now = 0
  let pending: { readonly at: number; readonly callback: () => void } | undefined
  const printed: string[] = []
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    schedule: (callback, afterMs) => {
      const own = { at: now + afterMs, callback }
      pending = own
      return () => {
        if (pending === own) pending = undefined
      }
    },
  }
  const pass = (seconds: number): void => {
    const until = now + seconds * 1_000
    while (pending !== undefined && pending.at <= until) {
      const { at, callback } = pending
      now = at
      callback()
    }
    now = until
  }
  const isTerminal = { stdin: false, stdout: false, stderr }
  return {
    clock,
    env: {},
    isTerminal,
    printed,
    pass,
    printError: (text: string) => void printed.push(text),
    isIdle: () => pending === undefined,
  }
}

it('says nothing of a wait of less than a second', async () => {
  const world = terminal(true)
  const work = showWaiting('waiting for the answer', Promise.resolve(3), world)
  world.pass(0.9)

  expect(await work).toBe(3)
  expect(world.printed).toEqual([])
  expect(world.isIdle()).toBe(true)
})

it('counts the seconds in one line, and takes it away', async () => {
  const world = terminal(true)
  let end = (_: string): void => {}
  const work = showWaiting('waiting for the answer', new Promise<string>((resolve) => (end = resolve)), world)

  world.pass(2.5)
  end('done')

  expect(await work).toBe('done')
  expect(world.printed).toEqual([
    '\r\u001b[2K… waiting for the answer (1 s)',
    '\r\u001b[2K… waiting for the answer (2 s)',
    '\r\u001b[2K',
  ])
  expect(world.isIdle()).toBe(true)
})

it('takes the line away when the work fails, and hands its error on', async () => {
  const world = terminal(true)
  let fail = (_: Error): void => {}
  const work = showWaiting('waiting', new Promise((_resolve, reject) => (fail = reject)), world)

  world.pass(1)
  fail(new Error('no answer'))

  await expect(work).rejects.toThrow('no answer')
  expect(world.printed.at(-1)).toBe('\r\u001b[2K')
})

it('says nothing where nobody looks', async () => {
  const world = terminal(false)
  const work = showWaiting('waiting', Promise.resolve(3), world)
  world.pass(5)

  expect(await work).toBe(3)
  expect(world.printed).toEqual([])
})
