import {
  failBody,
  successBody,
  type Meta,
  type MonitorDefinition,
  type PingReceipt,
} from '@crontify/protocol'
import { metaWarning } from '../../definition/meta-warning.ts'
import type { NewPing, PingOnItsWay } from '../../delivery/delivery.ts'
import { CrontifyClosedError } from '../../errors.ts'
import type { RunPings } from '../../run/life/run-pings.ts'
import { settleWithin } from '../../settle-within.ts'
import type { OpenClient } from '../open-client.ts'
import { listenerOf } from './listener-of.ts'
import { createPingCounts, type PingStats } from '../ping-counts.ts'
import { createPingSender } from './ping-sender.ts'

/** All pings of one monitor object: sent while it is open, counted in any case. */
export interface MonitorPings extends RunPings {
  /** A success that belongs to no run. */
  beat(runId: string, meta: Meta): PingOnItsWay | undefined
  isReady(): boolean
  /** From here on only ends of runs that are open are sent. */
  close(): void
  /** Gives up what waits. */
  drop(): void
  stats(): PingStats
  /** Waits for at most that long; not at all while pings would not be sent anyway. */
  within(promise: Promise<unknown>, waitMs?: number): Promise<unknown>
  /** The receipt. @throws the ping's error, with `silent: false`. */
  receipt(sent: PingOnItsWay | undefined, waitMs?: number): Promise<PingReceipt | null>
  throwIfAsked(sent: PingOnItsWay): Promise<unknown>
}

export function createMonitorPings(
  client: OpenClient,
  monitorId: string,
  definition: MonitorDefinition | undefined,
): MonitorPings {
  const { ready, silent, surroundings, warner } = client
  const { clock } = surroundings
  const counts = createPingCounts()
  const delivery = ready?.delivery()
  const sender =
    ready &&
    delivery &&
    createPingSender({
      ...client,
      ...ready.settings,
      emit: listenerOf(client),
      delivery,
      monitorId,
      counts,
      clock,
    })
  let isClosed = false

  /** Sends a ping; whatever goes wrong on our side ends in counts and warnings, never as an error. */
  const send = (
    ping: Pick<NewPing, 'kind' | 'runId' | 'body' | 'record' | 'closesAnyRun'>,
    isTaken: boolean,
  ): PingOnItsWay | undefined => {
    if (sender !== undefined && isTaken) return sender.send(ping)
    counts.created()
    if (sender === undefined) counts.skipped('disabled')
    else counts.dropped('closed')
    return undefined
  }
  const closedText = `The client of "${monitorId}" is closed, so its pings are no longer sent`
  const success = (meta: Meta) => {
    const warning = definition && metaWarning(definition, meta)
    if (warning !== undefined) warner.sayOncePerBurst(`${monitorId}: definition`, warning)
    return successBody({ meta })
  }
  const receipt = async (sent: PingOnItsWay | undefined, waitMs = 0): Promise<PingReceipt | null> => {
    if (sent !== undefined && sender !== undefined)
      return silent ? sender.receiptWithin(sent, sender.patience(waitMs)) : sender.receiptOrThrow(sent)
    if (isClosed && sender !== undefined && !silent) throw new CrontifyClosedError(closedText)
    return null
  }
  return {
    isReady: () => sender !== undefined,
    isClosed: () => isClosed,
    start: (runId) => {
      if (isClosed && sender !== undefined && silent)
        warner.sayOncePerBurst(`${monitorId}: closed`, closedText)
      return send({ kind: 'start', runId, body: undefined }, !isClosed)
    },
    adopt: (runId) => delivery?.adoptRun(monitorId, runId),
    end: (runId, { kind, meta, message, log }, { isTaken, closesAnyRun, record }) => {
      if (!isTaken && sender !== undefined && silent)
        warner.sayOncePerBurst(`${monitorId}: closed`, closedText)
      const body = kind === 'success' ? success(meta) : failBody({ message, meta, log })
      return send({ kind, runId, body, record, closesAnyRun }, isTaken)
    },
    beat: (runId, meta) =>
      send({ kind: 'success', runId, body: success(meta), closesAnyRun: true }, !isClosed),
    journal: (runId) => delivery?.openRun(monitorId, runId),
    endWaitMs: () => sender?.patience(ready?.settings.endWaitMs ?? 0) ?? 0,
    idle: async () => delivery?.idle(monitorId),
    close: () => {
      isClosed = true
    },
    drop: () => delivery?.drop(monitorId, 'closed'),
    stats: () => counts.snapshot(),
    within: (promise, waitMs = 0) => settleWithin(promise, sender?.patience(waitMs) ?? 0, clock),
    receipt,
    throwIfAsked: async (sent) => {
      if (!silent) await sender?.receiptOrThrow(sent)
    },
  }
}
