import type { CommandSpec } from '../command-line/command-spec.ts'
import { SNAPSHOT_OPTIONS } from './snapshot-options.ts'

/** `crontify status`: its options and its help. */
export const STATUS_SPEC: CommandSpec = {
  name: 'status',
  synopsis: '[options]',
  summary: 'lists what needs attention in a local Crontify',
  about: `For each monitor that needs attention: the cause, since when, how many runs in a row, tier, notified channels and runbook; the most urgent first. Reads a running crontify dev, or its data file.`,
  options: SNAPSHOT_OPTIONS,
  examples: [
    ['crontify status', 'reads the crontify dev on this machine'],
    ['crontify status --data-file crontify.data --json', 'for other programs'],
  ],
}
