/**
 * The jobs as a service: runs until it is told to stop.
 *
 *     CRONTIFY_API_KEY=ck_live_… node dist/service.js /srv/company
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { createClients } from './clients.ts'
import { createTasks } from './tasks.ts'

const directory = process.argv[2]
if (directory === undefined) {
  console.error('Usage: node dist/service.js DIRECTORY')
  process.exit(2)
}

const tasks = createTasks(createClients(), { directory, sleep: (ms) => sleep(ms), around: (job) => job() })
for (const task of Object.values(tasks)) await task.start()
console.log(`${Object.keys(tasks).length} tasks are waiting for their time; stop with Ctrl+C`)
