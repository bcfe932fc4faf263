import { nearestName } from '@crontify/protocol'
import { UsageError, type Args } from '../command-line/command-spec.ts'
import { EXIT } from '../exit-codes.ts'
import { openSnapshot } from '../status/open-snapshot.ts'
import { SnapshotError, type Snapshot } from '../status/snapshot.ts'
import { painter } from '../terminal/colors.ts'
import type { Ending, World } from '../world.ts'
import { fiveSteps } from './five-steps.ts'
import { whyText } from './why-text.ts'

/** `crontify why`: the five steps for one monitor. Exits with 1 if no local Crontify can be read. */
export async function whyCommand(args: Args, world: World): Promise<Ending> {
  const [id, ...surplus] = args.positionals
  if (id === undefined || surplus.length > 0) throw new UsageError('MONITOR must be one monitor id')
  try {
    const snapshot = await openSnapshot(args, world)
    const steps = fiveSteps(await factsOf(id, snapshot))
    world.print(
      args.flags.has('json')
        ? `${JSON.stringify({ at: snapshot.at, ...steps }, undefined, 2)}\n`
        : whyText(steps, snapshot.at, painter(world)),
    )
    return { code: EXIT.done }
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error
    world.printError(`${error.message}\n`)
    return { code: EXIT.failed }
  }
}

async function factsOf(id: string, { monitors, alerts, notifications, runs }: Snapshot) {
  const monitor = monitors.find((one) => one.id === id)
  if (monitor === undefined) {
    const ids = monitors.map((one) => one.id)
    const nearest = nearestName(id, ids)
    const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`
    throw new UsageError(`"${id}" is not a monitor.${meant} Monitors: ${ids.join(', ') || 'none'}`)
  }
  return {
    monitor,
    notifications,
    alerts: alerts.filter(({ monitorId }) => monitorId === id),
    runs: await runs(id),
  }
}
