import { CrontifyMonitor } from '@crontify/sdk'
import { monitorHandler } from '@crontify/web'
import { writeReport } from './write-report.ts'

interface Env {
  readonly CRONTIFY_API_KEY: string | undefined
}
let monitor: CrontifyMonitor | undefined
const monitorOf = ({ CRONTIFY_API_KEY }: Env) =>
  (monitor ??= new CrontifyMonitor({ apiKey: CRONTIFY_API_KEY, monitorId: 'nightly-report' }))

interface Context {
  waitUntil(pings: Promise<unknown>): void
}
const report = async (_controller: object, _env: Env, _context: Context) => writeReport()

const worker = {
  scheduled: async (controller: object, env: Env, context: Context) => {
    await monitorHandler(monitorOf(env), report)(controller, env, context)
  },
}
export default worker

// Plays the platform.
const { CRONTIFY_API_KEY } = process.env
const sent: Promise<unknown>[] = []
await worker.scheduled({}, { CRONTIFY_API_KEY }, { waitUntil: (pings) => sent.push(pings) })
await Promise.all(sent)
