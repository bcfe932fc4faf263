import type { CommandSpec } from '../command-line/command-spec.ts'
import { SNAPSHOT_OPTIONS } from '../status/snapshot-options.ts'

/** `crontify why`: its options and its help. */
export const WHY_SPEC: CommandSpec = {
  name: 'why',
  synopsis: 'MONITOR [options]',
  summary: 'explains why a job failed, in the five steps of the production checklist',
  about: `Goes through the alert, the recent runs, the impact, what to do, and what will resolve it. Reads a running crontify dev, or its data file.`,
  options: SNAPSHOT_OPTIONS,
  examples: [
    ['crontify why nightly-backup', 'reads the crontify dev on this machine'],
    ['crontify why nightly-backup --json', 'for other programs'],
  ],
}
