import { monitorRoute, requireSecret } from '@crontify/express'
import type { CrontifyMonitor } from '@crontify/sdk'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'

/** What the report is made from, and where its rows come from. */
export interface AppOptions {
  /** At least 16 characters; the scheduler sends it with each call. */
  readonly secret: string
  readonly monitor: CrontifyMonitor
  readonly readRows: () => Promise<readonly string[]>
}

/** A program with one route, which is a job. */
export function createApp({ secret, monitor, readRows }: AppOptions): Express {
  const app = express()
  app.post(
    '/cron/report',
    requireSecret(secret),
    monitorRoute(monitor, async (_req, res) => {
      // Answered at once: some schedulers hang up after a few seconds. The run goes on.
      res.status(202).json({ accepted: true })
      const rows = await readRows()
      return { rows: rows.length }
    }),
  )
  app.use(closeWithoutTrace)
  return app
}

/**
 * The run has been reported by now. Express would print the stack of the error, and answer with 500 where nothing is
 * answered yet; here the answer is out, so there is nothing left to say.
 */
function closeWithoutTrace(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return
  next(error)
}
