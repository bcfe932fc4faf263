import type { MonitorDefinition } from '@crontify/protocol'
import type { RunsContext } from '../../run/life/runs-context.ts'
import type { RunPings } from '../../run/life/run-pings.ts'
import type { OpenClient } from '../open-client.ts'
import { listenerOf } from './listener-of.ts'
import type { CallReader } from './read-call.ts'

/** What the runs of a monitor need, from its client. */
export function runsContextOf(
  client: OpenClient,
  monitorId: string,
  definition: MonitorDefinition | undefined,
  pings: RunPings,
  calls: CallReader,
): RunsContext {
  const { ready, surroundings, warner } = client
  const { clock, newId, activeResources, exits, processRuns } = surroundings
  const settings = ready?.settings
  return {
    monitorId,
    identity: settings === undefined ? `off ${monitorId}` : identityOf(settings, monitorId),
    definition,
    clock,
    newId,
    activeResources,
    exits,
    processRuns,
    pings,
    clean: client.clean,
    readMeta: (given) => calls.read('success', { meta: given }).meta,
    onDroppedMeta: calls.onDroppedMeta,
    warn: (topic, message) => warner.sayOncePerBurst(`${monitorId}: ${topic}`, message),
    say: (message) => warner.say(message),
    observers: client.observers,
    emit: listenerOf(client),
    reportsAtExit: settings?.atExit === true,
  }
}

/** What makes two objects the same monitor. It has the key in it, so it goes nowhere but into a map. */
function identityOf(
  {
    origin,
    pathPrefix,
    apiKey,
  }: { readonly origin: string; readonly pathPrefix: string; readonly apiKey: string },
  monitorId: string,
): string {
  return JSON.stringify([origin, pathPrefix, apiKey, monitorId])
}
