import { readFileSync } from 'node:fs'
import { readSchedule, type MonitorDefinition } from '@crontify/protocol'
import { channelProblems, definitionProblems } from '@crontify/protocol/schemas'
import { UsageError, valueOf, type Args } from '../command-line/command-spec.ts'
import type { Config } from '../config/config.ts'
import { findConfig } from '../config/load-config.ts'
import { readConfig } from '../config/read-config.ts'
import { EXIT } from '../exit-codes.ts'
import { painter } from '../terminal/colors.ts'
import type { Ending, World } from '../world.ts'
import { auditDefinitions } from './audit-definitions.ts'
import { auditText } from './audit-text.ts'
import type { Finding } from './finding.ts'
import type { AuditJournal } from './journal.ts'
import { uncoveredJobs } from './uncovered-jobs.ts'

/**
 * `crontify audit`: prints what is missing; exits with 1 if anything is.
 *
 * @throws {UsageError} if a file cannot be read, or has other contents.
 */
export async function auditCommand(args: Args, world: World): Promise<Ending> {
  if (args.positionals.length > 0) throw new UsageError(`unexpected argument: ${args.positionals.join(' ')}`)
  const path = findConfig(valueOf(args, 'config'))
  const config = await readConfig(path)
  const problems = [
    ...config.monitors.flatMap((monitor) => definitionProblems(withoutUnreadable(monitor))),
    ...config.channels.flatMap(channelProblems),
  ]
  if (problems.length > 0) throw new UsageError(`${path}: ${problems.join('; ')}`)
  const journalFile = valueOf(args, 'journal')
  const found = auditDefinitions(config, {
    ...(journalFile !== undefined && { journal: readJournal(journalFile) }),
    testedChannels: args.values.get('tested') ?? [],
  })
  const findings = [...(await undiscovered(args, world, config)), ...found].toSorted(byLevel)
  const monitors = config.monitors.length
  const missing = findings.filter(({ level }) => level === 'missing').length
  world.print(
    args.flags.has('json')
      ? `${JSON.stringify({ monitors, missing, advice: findings.length - missing, findings }, undefined, 2)}\n`
      : auditText(findings, monitors, painter(world)),
  )
  return { code: missing === 0 ? EXIT.done : EXIT.failed }
}

/** A schedule that cannot be read is a finding, not a reason to stop. */
function withoutUnreadable(monitor: MonitorDefinition): MonitorDefinition {
  const { schedule, ...rest } = monitor
  const isUnreadable =
    typeof schedule === 'string' && readSchedule(schedule, monitor.scheduleDialect).problem !== undefined
  return isUnreadable ? rest : monitor
}

async function undiscovered(args: Args, world: World, config: Config): Promise<readonly Finding[]> {
  if (!args.flags.has('discover')) return []
  const { discover } = await import('../discover/discover.ts')
  const folders = args.values.get('directory') ?? ['.']
  return uncoveredJobs(
    discover({ folders, ignored: args.values.get('ignore') ?? [], monitors: config.monitors }, world),
  )
}

function byLevel(a: Finding, b: Finding): number {
  return Number(a.level === 'advice') - Number(b.level === 'advice')
}

function readJournal(file: string): AuditJournal {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`The journal ${file} cannot be read: ${(error as Error).message}`)
  }
  const isJournal =
    typeof value === 'object' && value !== null && 'entries' in value && Array.isArray(value.entries)
  if (!isJournal) throw new UsageError(`${file} is not a journal of the local Crontify: it has no "entries"`)
  return value as AuditJournal
}
