import { print } from './print.ts'

/** What awaiting costs, with the SDK in the process or without. */
if (process.env['WITH_SDK'] === '1') {
  const { CrontifyMonitor } = await import('@crontify/sdk')
  await new CrontifyMonitor({ monitorId: 'nightly-backup', logger: false }).wrap(() => undefined)
}
const AWAITS = 2_000_000
const nothing = async (): Promise<void> => undefined
const best: number[] = []
for (let round = 0; round < 7; round++) {
  const from = performance.now()
  for (let count = 0; count < AWAITS; count++) await nothing()
  best.push(performance.now() - from)
}
print({ nsPerAwait: (Math.min(...best) * 1e6) / AWAITS })
process.exit(0)
