import { attentionOf, byUrgency, type Attention } from '@crontify/mock-server'
import { UsageError, type Args } from '../command-line/command-spec.ts'
import { EXIT } from '../exit-codes.ts'
import { painter } from '../terminal/colors.ts'
import type { Ending, World } from '../world.ts'
import { openSnapshot } from './open-snapshot.ts'
import { SnapshotError, type Snapshot } from './snapshot.ts'
import { statusText } from './status-text.ts'

/** What `crontify status` reports. */
export interface StatusReport {
  readonly at: string
  readonly monitors: number
  /** The most urgent first. */
  readonly attention: readonly Attention[]
  /** Ids of monitors without a ping so far. */
  readonly neverPinged: readonly string[]
  readonly paused: readonly PausedMonitor[]
}

/** A paused monitor, with the end and the reason of the pause where they were given. */
export interface PausedMonitor {
  readonly monitorId: string
  readonly until?: string
  readonly reason?: string
}

/** `crontify status`: lists what needs attention. Exits with 1 if no local Crontify can be read. */
export async function statusCommand(args: Args, world: World): Promise<Ending> {
  if (args.positionals.length > 0) throw new UsageError(`unexpected argument: ${args.positionals.join(' ')}`)
  let report: StatusReport
  try {
    report = await statusOf(await openSnapshot(args, world))
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error
    world.printError(`${error.message}\n`)
    return { code: EXIT.failed }
  }
  world.print(
    args.flags.has('json') ? `${JSON.stringify(report, undefined, 2)}\n` : statusText(report, painter(world)),
  )
  return { code: EXIT.done }
}

async function statusOf({ at, monitors, alerts, notifications, runs }: Snapshot): Promise<StatusReport> {
  const found = await Promise.all(
    monitors.map(async (monitor) =>
      attentionOf({
        monitor,
        notifications,
        alerts: alerts.filter(({ monitorId }) => monitorId === monitor.id),
        runs: monitor.status === 'waiting' ? [] : await runs(monitor.id),
      }),
    ),
  )
  return {
    at,
    monitors: monitors.length,
    attention: found.filter((one) => one !== undefined).toSorted(byUrgency),
    neverPinged: monitors.filter(({ status }) => status === 'waiting').map(({ id }) => id),
    paused: monitors
      .filter(({ status }) => status === 'paused')
      .map(({ id, pause }) => ({ monitorId: id, ...pause })),
  }
}
