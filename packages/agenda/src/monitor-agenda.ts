import {
  createWatchedOnce,
  listen,
  readMonitors,
  readRunOptions,
  type MonitorsByName,
  type Pinger,
} from '@crontify/sdk/adapter'
import type { AgendaJobLike, AgendaLike } from './agenda-binding.ts'
import { checkAgenda } from './check-agenda.ts'
import { noticeListeners } from './notice-listeners.ts'
import type { AgendaNotice } from './notice.ts'
import { runListeners } from './run-listeners.ts'

/** Which monitor watches a job: by its full name, or by anything on the job. */
export type MonitorsOfJobs = MonitorsByName<AgendaJobLike>

/** How {@link monitorAgenda} reads the jobs of an Agenda. */
export interface MonitorAgendaOptions {
  /**
   * A monitor for each job, by the name it is defined under, with its namespace: `'reports.nightly'`. Other jobs send nothing. A
   * function that throws means no monitor.
   */
  readonly monitors: MonitorsOfJobs
  /**
   * Which jobs count. `'recurring'` are those of `every` and `repeatEvery`, of which there is one at a time. With `'all'`, runs of
   * `now` and `schedule` count as well, and those that run at the same time under one monitor are overlaps.
   *
   * @default 'recurring'
   */
  readonly jobs?: 'recurring' | 'all' | undefined
  /**
   * What a run is. With `'job'` it lasts until the success or the last failure, with the retries of its `backoff` and the waits
   * between them. With `'attempt'` each attempt is a run, and each failed one alerts.
   *
   * @default 'job'
   */
  readonly runs?: 'job' | 'attempt' | undefined
  /** Told what Agenda knows and no ping tells. Whatever it throws is ignored. */
  readonly onNotice?: ((notice: AgendaNotice) => void) | undefined
}

const watched = createWatchedOnce<AgendaLike>()

/**
 * Pings for the runs of an Agenda's jobs. Call it in every process that has an Agenda, before `agenda.start()`.
 *
 * It only listens to events, and only to those of this instance: N instances send one pair of pings for a run, also when its
 * retries hop from one to the other. To know of a retry that began elsewhere it asks the job's own `backoff` once more. No job
 * waits for a ping. Metadata come from {@link setMeta}, or from `currentRun()` of `@crontify/sdk/context`, which finds the run in the job.
 *
 * @returns a function that stops listening. `await agenda.drain()` waits for the jobs; then `await monitor.flush()` for the pings.
 * @throws {TypeError} for something else than an `Agenda`, and for a monitor that is none. A second call for the same Agenda
 * watches nothing and says so in a warning. Nothing else is ever thrown.
 * @example
 * import { monitorAgenda, setMeta } from '@crontify/agenda'
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { Agenda } from 'agenda'
 * import { RedisBackend } from '@agendajs/redis-backend'
 *
 * const agenda = new Agenda({ backend: new RedisBackend({ connectionString: 'redis://127.0.0.1' }) })
 * agenda.define('nightly-report', async (job) => setMeta(job, { records_processed: 120 }))
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })
 * monitorAgenda(agenda, { monitors: { 'nightly-report': monitor } })
 */
export function monitorAgenda(agenda: AgendaLike, options: MonitorAgendaOptions): () => void {
  checkAgenda(agenda)
  const monitorFor = readMonitors(options?.monitors, {
    caller: 'monitorAgenda',
    what: 'the job',
    nameOfJob: ({ attrs }) => attrs.name,
  })
  const isFirst = watched.claim(
    agenda,
    'monitorAgenda was called again for the same Agenda; the second call watches nothing, because each run would be pinged twice',
  )
  if (!isFirst) return () => {}
  const { monitors, jobs, runs, onNotice } = readRunOptions('monitorAgenda', options, {
    monitors: [],
    jobs: ['recurring', 'all'],
    runs: ['job', 'attempt'],
    onNotice: [],
  })
  const monitorOf = (job: AgendaJobLike): Pinger | undefined =>
    jobs === 'all' || isRecurring(job) ? monitorFor(job) : undefined
  const stops = [
    listen(agenda, runListeners(agenda, monitorOf, runs === 'attempt')),
    noticeListeners(agenda, typeof monitors === 'function' ? [] : Object.keys(monitors), onNotice),
  ]
  return () => {
    for (const stop of stops) stop()
    watched.release(agenda)
  }
}

function isRecurring({ attrs }: AgendaJobLike): boolean {
  return isSet(attrs.repeatInterval) || isSet(attrs.repeatAt)
}

/** A store may give `null` or an empty text for what was never set. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}
