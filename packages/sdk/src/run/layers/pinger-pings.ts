import type { PingKind } from '@crontify/protocol'
import type { PingEnd, PingOnItsWay } from '../../delivery/delivery.ts'
import { createRunsAtService } from '../../delivery/runs-at-service.ts'
import type { RunPings } from '../life/run-pings.ts'
import type { Pinger } from './pinger.ts'

/** As long as a client waits unless its options say otherwise. */
const END_WAIT_MS = 5_000

/** The pings of a test double: its methods are called at once, and nothing they do reaches the job. */
export function createPingerPings(pinger: Pinger): RunPings {
  const runs = createRunsAtService()
  const underWay = new Set<Promise<unknown>>()
  const send = (kind: PingKind, call: () => unknown): PingOnItsWay => {
    const ended = settled(call).finally(() => underWay.delete(ended))
    underWay.add(ended)
    const end: Promise<PingEnd> = ended.then(() => ({
      state: 'delivered',
      receipt: { received: true, monitorId: '' },
      attempts: 1,
    }))
    return { kind, written: Promise.resolve(), end, lastOutcome: undefined }
  }
  return {
    isClosed: () => false,
    start: (runId) => {
      runs.opened('', runId)
      return send('start', () => pinger.start())
    },
    adopt: (runId) => runs.opened('', runId),
    end: (runId, { kind, meta, message, log }) => {
      const isSuperseded = !runs.mayEnd('', runId)
      runs.ended('', runId)
      if (isSuperseded) {
        const end = Promise.resolve({ state: 'skipped', reason: 'superseded' } as const)
        return { kind, written: Promise.resolve(), end, lastOutcome: undefined }
      }
      return send(kind, () =>
        kind === 'success' ? pinger.success({ meta }) : pinger.fail({ message, log, meta }),
      )
    },
    journal: () => undefined,
    endWaitMs: () => END_WAIT_MS,
    idle: () => Promise.all(underWay),
  }
}

async function settled(call: () => unknown): Promise<void> {
  try {
    await call()
  } catch {
    // What failed is in the double's own error, and the job is not its place.
  }
}
