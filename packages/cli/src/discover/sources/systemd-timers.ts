import { basename } from 'node:path'
import { shellQuoted } from '../../shell-quoted.ts'
import type { Findings, JobSchedule } from '../discovered-job.ts'
import { pingsIn } from '../seen-pings.ts'
import { calendarSchedule, spanSeconds } from './systemd-calendar.ts'
import { readUnit, valuesOf, type UnitLine } from './systemd-unit.ts'

/** Seconds that a definition tolerates by default. */
const DEFAULT_GRACE_SECONDS = 300

/** A timer with what belongs to it. */
export interface TimerFiles {
  readonly file: string
  /** The timer's text, then those of its drop-ins. */
  readonly timer: readonly string[]
  /** The texts of the service that it starts; none if it was not found. */
  readonly service: readonly string[]
  readonly timezone: string
  readonly program: string
}

/** Name of the unit that a timer starts. */
export function serviceOf(file: string, timer: readonly string[]): string {
  const unit = valuesOf(timer.flatMap(readUnit), 'Timer', 'Unit').at(-1)?.value
  return unit ?? basename(file).replace(/\.timer$/, '.service')
}

/** The job of a systemd timer: one, however many calendar expressions it has. */
export function timerJobs({ file, timer, service, timezone, program }: TimerFiles): Findings {
  const unit = timer.flatMap(readUnit)
  const calendars = valuesOf(unit, 'Timer', 'OnCalendar')
  const spans = ['OnUnitActiveSec', 'OnUnitInactiveSec'].flatMap((key) => valuesOf(unit, 'Timer', key))
  const boot = ['OnBootSec', 'OnStartupSec', 'OnActiveSec'].flatMap((key) => valuesOf(unit, 'Timer', key))
  const first = [...calendars, ...spans, ...boot][0]
  if (first === undefined) {
    return { jobs: [], problems: [{ file, line: undefined, message: 'the timer has no schedule' }] }
  }
  const commands = valuesOf(service.flatMap(readUnit), 'Service', 'ExecStart').map(({ value }) => value)
  const name = basename(file).replace(/\.timer$/, '')
  const serviceName = serviceOf(file, timer)
  return {
    jobs: [
      {
        source: 'systemd timer',
        file,
        line: first.line,
        name,
        written: [...calendars, ...spans, ...boot].map(({ key, value }) => `${key}=${value}`).join(', '),
        schedule: scheduleOf(calendars, spans, graceOf(unit), timezone),
        runs: commands.join('; ') || serviceName,
        pings: commands.map(pingsIn).find((id) => id !== undefined),
        monitoredBy: (id) => dropIn(id, serviceName, commands[0], program),
      },
    ],
    problems: [],
  }
}

function scheduleOf(
  calendars: readonly UnitLine[],
  spans: readonly UnitLine[],
  grace: JobSchedule,
  timezone: string,
): JobSchedule {
  const [calendar, ...others] = calendars.map(({ value }) => calendarSchedule(value, timezone))
  // Two expressions are no single cron expression; a heartbeat would be a guess.
  if (calendar !== undefined && others.length === 0 && spans.length === 0) return { ...calendar, ...grace }
  const everySeconds =
    spans.length === 1 && calendars.length === 0 ? spanSeconds(spans[0]?.value ?? '') : undefined
  return everySeconds === undefined ? {} : { everySeconds, ...grace }
}

/** What systemd may add to each instant, on top of the tolerance. */
function graceOf(unit: readonly UnitLine[]): JobSchedule {
  const delays = ['RandomizedDelaySec', 'AccuracySec'].map((key) => {
    const text = valuesOf(unit, 'Timer', key).at(-1)?.value
    return text === undefined ? 0 : (spanSeconds(text) ?? 0)
  })
  const delay = delays.reduce((sum, seconds) => sum + seconds, 0)
  return delay <= 60 ? {} : { graceSeconds: DEFAULT_GRACE_SECONDS + Math.ceil(delay) }
}

function dropIn(
  id: string,
  service: string,
  command: string | undefined,
  program: string,
): readonly string[] {
  // Before the program stand signs that change how systemd calls it.
  const [, signs = '', bare = '/path/to/the/command'] = /^([-@:+!|]*)(.*)$/.exec(command ?? '') ?? []
  return [
    `# systemctl edit ${shellQuoted(service)}`,
    '[Service]',
    'Environment=CRONTIFY_API_KEY_FILE=/etc/crontify.key',
    'ExecStart=',
    `ExecStart=${signs.replaceAll('@', '')}${program} exec ${id} -- ${bare === '' ? '/path/to/the/command' : bare}`,
  ]
}
