import { parentPort } from 'node:worker_threads'
import { CrontifyMonitor } from '@crontify/sdk'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
await monitor.wrap(writeReport)
await monitor.close() // before Bree ends the thread
parentPort?.postMessage('done')
