/** The id of the job scheduler in the id of a job that it made: `repeat:ID:MILLISECONDS`. An id may hold colons itself. */
export function schedulerOfJob(jobId: string): string | undefined {
  return /^repeat:(.+):\d+$/s.exec(jobId)?.[1]
}
