import { readFileSync } from 'node:fs'
import { channelProblems, definitionProblems } from '@crontify/protocol/schemas'
import { UsageError, valueOf, type Args } from '../command-line/command-spec.ts'
import { ConfigError, type Config } from '../config/config.ts'
import { findConfig, loadConfig } from '../config/load-config.ts'
import { EXIT } from '../exit-codes.ts'
import { painter } from '../terminal/colors.ts'
import type { Ending, World } from '../world.ts'
import { auditDefinitions } from './audit-definitions.ts'
import { auditText } from './audit-text.ts'
import type { AuditJournal } from './journal.ts'

/**
 * `crontify audit`: prints what is missing; 1 if anything is.
 *
 * @throws {UsageError} where a file cannot be read, or holds something else.
 */
export async function auditCommand(args: Args, world: World): Promise<Ending> {
  if (args.positionals.length > 0)
    throw new UsageError(`"${args.positionals.join(' ')}" belongs to no option`)
  const path = findConfig(valueOf(args, 'config'))
  let config: Config
  try {
    config = await loadConfig(path)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new UsageError(error.message)
  }
  const problems = [
    ...config.monitors.flatMap(definitionProblems),
    ...config.channels.flatMap(channelProblems),
  ]
  if (problems.length > 0) throw new UsageError(`${path}: ${problems.join('; ')}`)
  const journalFile = valueOf(args, 'journal')
  const findings = auditDefinitions(config, {
    ...(journalFile !== undefined && { journal: readJournal(journalFile) }),
    testedChannels: args.values.get('tested') ?? [],
  })
  const monitors = config.monitors.length
  const missing = findings.filter(({ level }) => level === 'missing').length
  world.print(
    args.flags.has('json')
      ? `${JSON.stringify({ monitors, missing, findings }, undefined, 2)}\n`
      : auditText(findings, monitors, painter(world)),
  )
  return { code: missing === 0 ? EXIT.done : EXIT.failed }
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
  if (!isJournal) throw new UsageError(`${file} is no journal of the local Crontify: it has no "entries"`)
  return value as AuditJournal
}
