import type { PingKind } from '@crontify/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { relievePressure, type QueuedPing, type Relief } from './queue-pressure.ts'

const LIMITS = { easyPings: 10, maxPings: 20, maxBytes: 5_000 }

const QUEUES: fc.Arbitrary<readonly QueuedPing[]> = fc
  .array(
    fc.record({
      monitorId: fc.constantFrom('a', 'b', 'c'),
      runKey: fc.nat(20),
      kind: fc.constantFrom<PingKind>('start', 'success', 'fail'),
      hasMeta: fc.boolean(),
      logLength: fc.oneof(fc.constant(0), fc.nat(600)),
      queuedAt: fc.nat(1_000),
      inFlight: fc.constant(false),
      otherBytes: fc.nat(600),
    }),
    { maxLength: 60, size: 'max' },
  )
  .chain((pings) => fc.tuple(fc.constant(pings), fc.uniqueArray(fc.nat(59), { maxLength: 4 })))
  .map(([pings, inFlight]) =>
    pings.map(({ otherBytes, ...ping }, index) => {
      const logLength = ping.kind === 'fail' ? ping.logLength : 0
      const bytes = ping.kind === 'start' ? 0 : otherBytes + logLength
      return { ...ping, id: String(index), logLength, bytes, inFlight: inFlight.includes(index) }
    }),
  )

/** What is left when the advice was followed. */
function followed(queue: readonly QueuedPing[], { drop, stripLog }: Relief): QueuedPing[] {
  const gone = new Set(drop.map(({ id }) => id))
  return queue
    .filter(({ id }) => !gone.has(id))
    .map((ping) =>
      stripLog.includes(ping.id) ? { ...ping, logLength: 0, bytes: ping.bytes - ping.logLength } : ping,
    )
}

function holds(
  claim: (queue: readonly QueuedPing[], relief: Relief, left: readonly QueuedPing[]) => void,
): void {
  fc.assert(
    fc.property(QUEUES, (queue) => {
      const relief = relievePressure(queue, LIMITS)
      claim(queue, relief, followed(queue, relief))
    }),
    { numRuns: 300 },
  )
}

it('leaves no more than the limits allow', () => {
  holds((_queue, _relief, left) => {
    expect(left.length).toBeLessThanOrEqual(LIMITS.maxPings)
    expect(left.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(LIMITS.maxBytes)
  })
})

it('names each ping once, and none that is on its way', () => {
  holds((queue, { drop, stripLog }) => {
    const named = [...drop.map(({ id }) => id), ...stripLog]
    expect(new Set(named).size).toBe(named.length)
    const inFlight = queue.filter((ping) => ping.inFlight).map(({ id }) => id)
    expect(named.filter((id) => inFlight.includes(id))).toEqual([])
  })
})

it('drops no fail while anything else is left to drop, and strips only fails', () => {
  holds((queue, { drop, stripLog }, left) => {
    const kindOf = (id: string): PingKind | undefined => queue.find((ping) => ping.id === id)?.kind
    if (drop.some(({ id }) => kindOf(id) === 'fail')) {
      expect(left.filter(({ kind, inFlight }) => kind !== 'fail' && !inFlight)).toEqual([])
    }
    for (const id of stripLog) expect(kindOf(id)).toBe('fail')
  })
})

it('drops no success with metadata while one without is left', () => {
  holds((queue, { drop }, left) => {
    const ids = drop.map(({ id }) => id)
    const lostMeta = queue.some(({ id, kind, hasMeta }) => kind === 'success' && hasMeta && ids.includes(id))
    if (!lostMeta) return
    expect(left.filter(({ kind, hasMeta, inFlight }) => kind === 'success' && !hasMeta && !inFlight)).toEqual(
      [],
    )
  })
})

it('drops nothing but covered starts while the queue is easy', () => {
  holds((queue, { drop, stripLog }) => {
    const covered = queue.filter((ping) => hasWaitingEnd(ping, queue)).map(({ id }) => id)
    expect(
      drop
        .filter(({ reason }) => reason === 'covered-by-end')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(covered.sort())
    const bytes = queue.reduce((sum, ping) => sum + ping.bytes, 0)
    if (queue.length - covered.length > LIMITS.easyPings || bytes > LIMITS.maxBytes) return
    expect(drop).toHaveLength(covered.length)
    expect(stripLog).toEqual([])
  })
})

it('decides the same each time, and has nothing to add once it was followed', () => {
  holds((queue, relief, left) => {
    expect(relievePressure(queue, LIMITS)).toEqual(relief)
    expect(relievePressure(left, LIMITS)).toEqual({ drop: [], stripLog: [] })
  })
})

/** By comparing each with each, which is not how it is done. */
function hasWaitingEnd(ping: QueuedPing, queue: readonly QueuedPing[]): boolean {
  if (ping.kind !== 'start' || ping.inFlight) return false
  return queue.some(
    ({ kind, monitorId, runKey }) =>
      kind !== 'start' && monitorId === ping.monitorId && runKey === ping.runKey,
  )
}
