import type { ProposedDefinition } from '../config/definitions-text.ts'
import type { CrontabJob } from './wrap-crontab.ts'

/** The definition of a crontab job's monitor. `@reboot` has no schedule, so only its failures alert. */
export function jobDefinition({ id, schedule, timezone }: CrontabJob): ProposedDefinition {
  return { id, fields: schedule === undefined ? {} : { schedule, scheduleDialect: 'vixie', timezone } }
}
