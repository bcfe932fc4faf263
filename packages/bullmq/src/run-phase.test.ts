import { expect, it } from 'vitest'
import type { WatchedJob } from './bullmq-binding.ts'
import { runPhase } from './run-phase.ts'

const job = (counters: Partial<WatchedJob>): WatchedJob => ({
  name: 'report',
  attemptsMade: 0,
  attemptsStarted: 1,
  stalledCounter: 0,
  opts: {},
  ...counters,
})

it.each([
  ['the first activation', { attemptsStarted: 1 }, 'begins'],
  ['a retry', { attemptsStarted: 2, attemptsMade: 1, opts: { attempts: 3 } }, 'continues'],
  ['the last retry', { attemptsStarted: 3, attemptsMade: 2, opts: { attempts: 3 } }, 'continues'],
  [
    'a retry by hand of a job without attempts left',
    { attemptsStarted: 4, attemptsMade: 3, opts: { attempts: 3 } },
    'begins',
  ],
  [
    'a retry by hand where no number is set',
    { attemptsStarted: 2, attemptsMade: 1, opts: { attempts: 0 } },
    'begins',
  ],
  ['a job that was delayed on the way', { attemptsStarted: 2 }, 'continues'],
  [
    'a job that was delayed on the way, where the number is 0',
    { attemptsStarted: 2, opts: { attempts: 0 } },
    'continues',
  ],
  ['a job whose worker was lost', { attemptsStarted: 2, stalledCounter: 1 }, 'recovers'],
  ['a job that has lost two workers', { attemptsStarted: 3, stalledCounter: 2 }, 'recovers'],
  ['a job that was delayed and then lost', { attemptsStarted: 3, stalledCounter: 1 }, 'continues'],
  [
    'a job that failed once and was then lost',
    { attemptsStarted: 3, attemptsMade: 1, stalledCounter: 1, opts: { attempts: 3 } },
    'continues',
  ],
] as const)('reads the counters of %s', (_what, counters, phase) => {
  expect(runPhase(job(counters))).toBe(phase)
})
