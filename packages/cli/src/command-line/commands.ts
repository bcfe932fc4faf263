import { AUDIT_SPEC } from '../audit/audit-spec.ts'
import { CRONTAB_SPEC } from '../crontab/crontab-spec.ts'
import { DEV_SPEC } from '../dev/dev-spec.ts'
import { DISCOVER_SPEC } from '../discover/discover-spec.ts'
import { DOCTOR_SPEC } from '../doctor/doctor-spec.ts'
import { EXEC_SPEC } from '../exec/exec-spec.ts'
import { PING_SPEC } from '../ping/ping-spec.ts'
import { STATUS_SPEC } from '../status/status-spec.ts'
import { WHY_SPEC } from '../why/why-spec.ts'
import type { Ending, World } from '../world.ts'
import type { CommandSpec, Args } from './command-spec.ts'
import { COMPLETION_SPEC } from './completion-spec.ts'

/** A command, with what it does: loaded when it is called, so that `exec` starts as fast as it can. */
export interface Command {
  readonly spec: CommandSpec
  readonly load: () => Promise<(args: Args, world: World) => Promise<Ending>>
}

/** All of them, in the order in which the help lists them. */
export const COMMANDS: readonly Command[] = [
  { spec: EXEC_SPEC, load: async () => (await import('../exec/exec-command.ts')).execCommand },
  { spec: PING_SPEC, load: async () => (await import('../ping/ping-command.ts')).pingCommand },
  { spec: DEV_SPEC, load: async () => (await import('../dev/dev-command.ts')).devCommand },
  { spec: STATUS_SPEC, load: async () => (await import('../status/status-command.ts')).statusCommand },
  { spec: WHY_SPEC, load: async () => (await import('../why/why-command.ts')).whyCommand },
  { spec: AUDIT_SPEC, load: async () => (await import('../audit/audit-command.ts')).auditCommand },
  {
    spec: DISCOVER_SPEC,
    load: async () => (await import('../discover/discover-command.ts')).discoverCommand,
  },
  { spec: DOCTOR_SPEC, load: async () => (await import('../doctor/doctor-command.ts')).doctorCommand },
  { spec: CRONTAB_SPEC, load: async () => (await import('../crontab/crontab-command.ts')).crontabCommand },
  {
    spec: COMPLETION_SPEC,
    load: async () =>
      (await import('./completion-command.ts')).completionOf(COMMANDS.map(({ spec }) => spec)),
  },
]
