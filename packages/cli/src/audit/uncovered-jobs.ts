import type { Discovery } from '../discover/discover.ts'
import type { Finding } from './finding.ts'

/** A finding for each scheduled job without a monitor, and for each file that may hold one and cannot be read. */
export function uncoveredJobs({ jobs, problems }: Discovery): readonly Finding[] {
  return [
    ...jobs
      .filter(({ covered }) => covered === undefined)
      .map(({ id, source, file, line, monitoredBy }) => ({
        check: 'uncovered-job',
        level: 'missing' as const,
        monitorId: id,
        what: `a scheduled job has no monitor (${source}, ${file}:${line})`,
        why: 'its failures and missed runs do not alert',
        fix: `define the monitor "${id}" and change the job: ${monitoredBy(id).find((text) => !/^\s*(?:#|\/\/)/.test(text)) ?? ''}`,
      })),
    ...problems.map(({ file, line, message }) => ({
      check: 'unreadable-file',
      level: 'advice' as const,
      monitorId: undefined,
      what: `${line === undefined ? file : `${file}:${line}`} cannot be read: ${message}`,
      why: 'jobs that it defines are not checked',
      fix: 'correct the file, or pass --ignore with its name',
    })),
  ]
}
