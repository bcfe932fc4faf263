import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ok, respond, scripted, TEST_KEY, type Answer } from '../../test/support/scripted.ts'
import { CrontifyMonitor } from '../client/crontify-monitor.ts'
import type { DeliveryEvent } from '../run/delivery-event.ts'
import type { PingRequest } from '../http/transport.ts'
import { END_LIFETIME_MS } from './held-ping.ts'

const fault = fc.constantFrom<Answer>(
  ok('success'),
  ok('success'),
  { type: 'failure', written: false, aborted: false, error: { code: 'ECONNREFUSED' } },
  { type: 'failure', written: true, aborted: false, error: { code: 'ECONNRESET' } },
  'hangs',
  'hangs unwritten',
  respond(500),
  respond(503, '', { 'retry-after': '3' }),
  respond(429),
  respond(200, '<html>', { 'content-type': 'text/html' }),
)

const LONGEST_JOB_MS = 4_000
/** Milliseconds for which there are faults: they heal well within the lifetime of an end. */
const FAULTY_MS = 600_000

const act = fc.record({
  monitor: fc.nat(2),
  jobMs: fc.nat(LONGEST_JOB_MS),
  fails: fc.boolean(),
  pauseMs: fc.nat(6_000),
})

/** More, to look for what is rare: `CRONTIFY_HISTORIES=10000 pnpm vitest …`. */
const HISTORIES = Number(process.env['CRONTIFY_HISTORIES'] ?? 150)
const TIMEOUT_MS = 400 * Math.max(150, HISTORIES)

const header = (request: PingRequest, name: string): string => request.headers[name] ?? ''
const kindOf = (request: PingRequest): string => request.path.slice(request.path.lastIndexOf('/') + 1)

it('keeps its promises under random jobs and random faults', { timeout: TIMEOUT_MS }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { maxLength: 15, size: 'max' }),
      fc.array(fault, { maxLength: 40, size: 'max' }),
      async (acts, faults) => {
        const answers: (Answer | undefined)[] = []
        let began: number | undefined
        // The faults end in time, whether or not all were met: a service that is asked seldom meets few.
        const world = scripted((_request, now) => {
          began ??= now
          const answer = now - began < FAULTY_MS ? faults[answers.length] : undefined
          answers.push(answer)
          return answer
        })
        const lostEnds: string[] = []
        const onEvent = (event: DeliveryEvent): void => {
          if (event.type === 'dropped' && event.kind !== 'start') lostEnds.push(event.reason)
        }
        const monitors = [0, 1, 2].map(
          (index) =>
            new CrontifyMonitor(
              { apiKey: TEST_KEY, monitorId: `job-${index}`, logger: false, onEvent },
              world.surroundings,
            ),
        )
        const sleep = (ms: number) => new Promise<void>((resolve) => world.clock.schedule(resolve, ms))
        for (const { monitor, jobMs, fails, pauseMs } of acts) {
          const job = async (): Promise<void> => {
            await sleep(jobMs)
            if (fails) throw new Error('job')
          }
          void monitors[monitor]?.wrap(job).catch(() => {})
          await world.clock.advance(pauseMs)
        }
        // After the faults the service works: everything that can be delivered is, within the lifetime of an end.
        await world.clock.advance(END_LIFETIME_MS + LONGEST_JOB_MS)

        for (const [index, monitor] of monitors.entries()) {
          const requests = world.requests.filter(({ path }) => path.includes(`/job-${index}/`))
          checkStarts(requests, world.requests, answers)
          checkOrder(requests)
          const { created, delivered, skipped, dropped, spooled, pending } = monitor.stats()
          expect(delivered + skipped + dropped + spooled + pending).toBe(created)
          expect(pending).toBe(0)
        }
        // Somebody else in the service's place is no fault that heals; everything else is waited for.
        expect(lostEnds.filter((reason) => reason !== 'misrouted')).toEqual([])
      },
    ),
    { numRuns: HISTORIES },
  )
})

/** A start is sent again only if its first copy certainly had no effect, and never after the end of its run. */
function checkStarts(
  requests: readonly PingRequest[],
  all: readonly PingRequest[],
  answers: readonly (Answer | undefined)[],
): void {
  const ended = new Set<string>()
  const tried = new Map<string, PingRequest>()
  for (const request of requests) {
    const runId = header(request, 'x-client-run-id')
    if (kindOf(request) !== 'start') {
      ended.add(runId)
      continue
    }
    expect(ended.has(runId)).toBe(false)
    const before = tried.get(runId)
    if (before !== undefined) {
      const answer = answers[all.indexOf(before)]
      const wasUnsent =
        answer === 'hangs unwritten' ||
        (typeof answer === 'object' && answer.type === 'failure' && !answer.written)
      expect(wasUnsent).toBe(true)
    }
    tried.set(runId, request)
  }
}

/** Pings of one monitor leave in the order in which they happened, and a run ends in one way. */
function checkOrder(requests: readonly PingRequest[]): void {
  const happened = requests.map((request) => header(request, 'x-occurred-at'))
  expect(happened).toEqual([...happened].sort())
  const ends = new Map<string, string>()
  for (const request of requests.filter((candidate) => kindOf(candidate) !== 'start')) {
    const runId = header(request, 'x-client-run-id')
    expect(ends.get(runId) ?? kindOf(request)).toBe(kindOf(request))
    ends.set(runId, kindOf(request))
  }
}
