import { expect, it } from 'vitest'
import { runProgram } from './support/run-program.ts'

const PROGRAM = `
  import { CrontifyMonitor } from '../src/index.ts'
  import { recordPings } from '../src/testing.ts'
  void main()
  async function main() {
  const pings = recordPings()
  const monitor = new CrontifyMonitor({ ...pings.options, monitorId: 'user-sync' })
  await monitor.wrap((run) => run.meta({ rows: 3 }), { maxDurationMs: 60_000 })
  pings.assertSucceeded('user-sync', { rows: 3 })
  console.log(JSON.stringify(process.getActiveResourcesInfo().filter((kind) => kind !== 'PipeWrap')))
  }
`

it('leaves neither timers nor sockets behind', async () => {
  const ended = await runProgram(PROGRAM)

  expect(ended).toMatchObject({ code: 0, stdout: '[]\n', stderr: '' })
})
