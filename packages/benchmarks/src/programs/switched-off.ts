import { CrontifyMonitor } from '@crontify/sdk'
import { Bench } from 'tinybench'
import { print } from './print.ts'

/** What a `wrap` that is switched off adds to a job that does nothing. */
const monitor = new CrontifyMonitor({ monitorId: 'nightly-backup', enabled: false })
const job = async (): Promise<number> => 1
const bench = new Bench({ time: 500 })
bench.add('bare', () => job())
bench.add('wrapped', () => monitor.wrap(job))
const [bare, wrapped] = (await bench.run()).map(({ name, result }) => {
  if (!('latency' in result)) throw new Error(`${name} was not measured: ${result.state}`)
  return result.latency.p50 * 1_000
})
print({ bareUs: bare, wrappedUs: wrapped })
