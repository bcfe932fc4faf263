import { DEFAULT_GRACE_SECONDS } from '@crontify/protocol'
import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

const HOUR_SECONDS = 3_600

/** Where the library that runs the job reads its schedule in another way than most, and so perhaps than the service [?]. */
export function scheduleDialect({ monitor }: Subject): readonly FoundBy[] {
  const {
    schedule,
    scheduleDialect: dialect,
    timezone = 'UTC',
    graceSeconds = DEFAULT_GRACE_SECONDS,
  } = monitor
  if (schedule === undefined || dialect !== 'node-cron') return []
  const [hours = '', dayOfMonth = '', , dayOfWeek = ''] = schedule.trim().split(/\s+/).slice(-4)
  const found: FoundBy[] = []
  if (isRestricted(dayOfMonth) && isRestricted(dayOfWeek)) {
    found.push({
      level: 'advice',
      what: `"${schedule}" names a day of the month and a day of the week`,
      why: 'node-cron runs when both match, most other schedulers when either does',
      fix: 'restrict one of the two, and let the job check the other',
    })
  }
  if (hours.startsWith('*') && graceSeconds < HOUR_SECONDS && changesClocks(timezone)) {
    found.push({
      level: 'advice',
      what: `it runs hourly in ${timezone}`,
      why: 'node-cron skips the repeated hour when clocks go back, so one run a year is missed',
      fix: `run it in UTC, or set graceSeconds to more than ${HOUR_SECONDS}`,
    })
  }
  return found
}

function isRestricted(field: string): boolean {
  return field !== '' && !field.startsWith('*') && field !== '?'
}

function changesClocks(timeZone: string): boolean {
  const offsetIn = (month: number): string | undefined =>
    new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
      .formatToParts(Date.UTC(2026, month))
      .find(({ type }) => type === 'timeZoneName')?.value
  return offsetIn(0) !== offsetIn(6)
}
