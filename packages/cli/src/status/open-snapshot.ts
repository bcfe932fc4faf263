import { valueOf, type Args } from '../command-line/command-spec.ts'
import { existingConfig, readConfig } from '../config/read-config.ts'
import type { World } from '../world.ts'
import { readDataFile } from './read-data-file.ts'
import { readRunning } from './read-running.ts'
import { DEFAULT_URL } from './snapshot-options.ts'
import type { Snapshot } from './snapshot.ts'

/** Reads what the options name: a running server, or a data file. */
export async function openSnapshot(args: Args, { env }: World): Promise<Snapshot> {
  const file = valueOf(args, 'data-file')
  if (file !== undefined) {
    const path = existingConfig(valueOf(args, 'config'))
    return readDataFile(file, path === undefined ? { monitors: [], channels: [] } : await readConfig(path))
  }
  const local = env['CRONTIFY_BASE_URL'] ?? ''
  const isLocal = /^http:\/\/(?:127\.|localhost|\[::1\])/.test(local)
  return readRunning(valueOf(args, 'url') ?? (isLocal ? local : DEFAULT_URL))
}
