import { writeFileSync } from 'node:fs'
import { UsageError, valueOf, type Args } from '../command-line/command-spec.ts'
import { definitionsText } from '../config/definitions-text.ts'
import { existingConfig, readConfig } from '../config/read-config.ts'
import { EXIT } from '../exit-codes.ts'
import { painter } from '../terminal/colors.ts'
import type { Ending, World } from '../world.ts'
import { discover, type Discovery } from './discover.ts'
import { discoverText } from './discover-text.ts'

/** `crontify discover`: lists scheduled jobs and whether they have a monitor. @throws {UsageError} before anything was written. */
export async function discoverCommand(args: Args, world: World): Promise<Ending> {
  const path = existingConfig(valueOf(args, 'config'))
  const { monitors } = path === undefined ? { monitors: [] } : await readConfig(path)
  const folders = args.positionals.length > 0 ? args.positionals : ['/', '.']
  const found = discover({ folders, ignored: args.values.get('ignore') ?? [], monitors }, world)
  const file = valueOf(args, 'write')
  if (file !== undefined) writeDefinitions(file, found, world)
  world.print(args.flags.has('json') ? discoveryJson(found) : discoverText(found, painter(world)))
  return { code: EXIT.done }
}

/** The findings as JSON, for programs. */
export function discoveryJson({ jobs, problems }: Discovery): string {
  const listed = jobs.map(({ monitoredBy, covered, definition, pings: _pings, ...job }) => ({
    ...job,
    covered: covered !== undefined,
    ...(covered !== undefined && { coveredBecause: covered }),
    definition: { id: definition.id, ...definition.fields },
    lines: monitoredBy(job.id),
  }))
  const uncovered = listed.filter(({ covered }) => !covered).length
  return `${JSON.stringify({ total: jobs.length, uncovered, jobs: listed, problems }, undefined, 2)}\n`
}

function writeDefinitions(file: string, { jobs }: Discovery, { printError }: World): void {
  const definitions = jobs.filter(({ covered }) => covered === undefined).map(({ definition }) => definition)
  try {
    writeFileSync(file, definitionsText(definitions), { flag: 'wx' })
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new UsageError(
      code === 'EEXIST'
        ? `${file} exists already. Nothing was written; name another file and merge them`
        : `${file} cannot be written (${code})`,
    )
  }
  printError(`Wrote ${definitions.length} definitions to ${file}\n`)
}
