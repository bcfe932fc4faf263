import type { Tracer } from '@opentelemetry/api'
import type { Logger } from 'pino'

/** What the job works with. */
export interface ReportWorld {
  readonly tracer: Tracer
  readonly logger: Logger
  readonly readRows: () => Promise<readonly string[]>
}

/** The job: reads rows and writes a report. */
export async function writeReport({ tracer, logger, readRows }: ReportWorld): Promise<{ rows: number }> {
  const rows = await tracer.startActiveSpan('read rows', async (span) => {
    logger.info('reading rows')
    try {
      return await readRows()
    } finally {
      span.end()
    }
  })
  logger.info({ rows: rows.length }, 'writing the report')
  return { rows: rows.length }
}
