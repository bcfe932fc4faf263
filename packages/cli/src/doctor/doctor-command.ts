import { resolve } from 'node:path'
import { DEFAULT_BASE_URL } from '@crontify/protocol'
import type { DeliveryEvent } from '@crontify/sdk'
import { clientSettings } from '../client/client-settings.ts'
import { openMonitor } from '../client/open-monitor.ts'
import { UsageError, valueOf, type Args } from '../command-line/command-spec.ts'
import { EXIT } from '../exit-codes.ts'
import { painter, type Paint } from '../terminal/colors.ts'
import { showWaiting } from '../terminal/show-waiting.ts'
import type { Ending, World } from '../world.ts'
import { judgeHandshake, shakeHands } from './checks/certificate.ts'
import { askDate, judgeClock } from './checks/clock-skew.ts'
import { judgeConnection, tryConnection } from './checks/connection.ts'
import { judgeLookup, lookUp } from './checks/name-lookup.ts'
import { judgeNodeVersion } from './checks/node-version.ts'
import { judgeProxy } from './checks/proxy.ts'
import { judgeSettings } from './checks/settings.ts'
import { judgeSpoolDirectory } from './checks/spool-directory.ts'
import { judgePing } from './checks/test-ping.ts'
import type { Destination, Diagnosis } from './diagnosis.ts'

const PING_WAIT_MS = 10_000
/** A client needs a monitor; nothing is sent to this one. */
const PLACEHOLDER = 'doctor'

/**
 * `crontify doctor`: prints the result of each check. Exits with 1 if a ping would not get through.
 *
 * @throws {UsageError} before anything was checked.
 */
export async function doctorCommand(args: Args, world: World): Promise<Ending> {
  if (args.positionals.length > 0) throw new UsageError(`unexpected argument: ${args.positionals.join(' ')}`)
  const paint = painter(world)
  const isJson = args.flags.has('json')
  const diagnoses: Diagnosis[] = []
  for await (const diagnosis of diagnose(args, world)) {
    diagnoses.push(diagnosis)
    if (!isJson) world.print(diagnosisText(diagnosis, paint))
  }
  const problems = diagnoses.filter(({ level }) => level === 'problem').length
  if (isJson) world.print(`${JSON.stringify({ problems, checks: diagnoses }, undefined, 2)}\n`)
  return { code: problems === 0 ? EXIT.done : EXIT.failed }
}

async function* diagnose(args: Args, world: World): AsyncGenerator<Diagnosis> {
  const { env } = world
  yield judgeNodeVersion(process.versions.node)
  const monitorId = valueOf(args, 'monitor')
  const settings = clientSettings(monitorId ?? PLACEHOLDER, args, env)
  const notes: string[] = []
  const events: DeliveryEvent[] = []
  const monitor = await openMonitor(
    settings,
    (text) => notes.push(text.replace('[crontify] ', '').trim()),
    (event) => events.push(event),
  )
  yield* judgeSettings(monitor.disabledReason, notes)
  yield judgeSpoolDirectory(
    settings.spoolDirectory === undefined ? undefined : resolve(settings.spoolDirectory),
    process.getuid?.() ?? 0,
  )
  const address = settings.baseUrl ?? env['CRONTIFY_BASE_URL'] ?? DEFAULT_BASE_URL
  // The settings have reported it.
  if (!URL.canParse(address)) return
  yield* diagnoseWay(new URL(address), world)
  if (monitorId === undefined || !monitor.enabled) return
  void monitor.success()
  await showWaiting('waiting for the answer to the ping', monitor.flush({ withinMs: PING_WAIT_MS }), world)
  yield judgePing(monitorId, events.at(-1))
}

/** Each step from here to the server, until one fails. */
async function* diagnoseWay(url: URL, world: World): AsyncGenerator<Diagnosis> {
  const { env, clock } = world
  const { chooseProxy } = await import('@crontify/sdk/adapter')
  const choice = chooseProxy(url.origin, undefined, env)
  yield* judgeProxy(choice)
  if (choice.type === 'wrong') return
  const isSecure = url.protocol === 'https:'
  const target: Destination = {
    host: url.hostname,
    port: Number(url.port) || (isSecure ? 443 : 80),
    isSecure,
  }
  const next = choice.type === 'proxy' ? { host: choice.proxy.hostname, port: choice.proxy.port } : target
  const found = judgeLookup(next.host, await showWaiting(`resolving ${next.host}`, lookUp(next.host), world))
  yield found
  if (found.level === 'problem') return
  const reached = judgeConnection(
    next,
    await showWaiting(`connecting to ${next.host}`, tryConnection(next), world),
  )
  yield reached
  // Only a ping shows what is behind a proxy.
  if (reached.level === 'problem' || choice.type === 'proxy') return
  if (isSecure) {
    const trusted = judgeHandshake(
      await showWaiting('negotiating TLS', shakeHands(target), world),
      clock.now(),
    )
    yield trusted
    if (trusted.level === 'problem') return
  }
  yield judgeClock(await showWaiting('comparing the time', askDate(url), world), clock.now())
}

function diagnosisText({ about, level, says, fix }: Diagnosis, paint: Paint): string {
  const color = { ok: 'green', warning: 'yellow', problem: 'red' } as const
  const line = `${paint(color[level], level.padEnd(8))}${about.padEnd(10)}${says}\n`
  return fix === undefined ? line : `${line}${' '.repeat(18)}fix: ${fix}\n`
}
