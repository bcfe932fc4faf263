import { CrontifyMonitor } from '@crontify/sdk'
import { print } from './print.ts'

/** Blocks the event loop past every deadline while the answers wait in the socket. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 250)
const TIMEOUT_MS = 100
const monitors = [1, 2, 3, 4].map(
  (number) =>
    new CrontifyMonitor({
      monitorId: `job-${number}`,
      timeout: TIMEOUT_MS,
      delivery: { attemptTimeoutMs: TIMEOUT_MS },
    }),
)
await Promise.all(monitors.map((monitor) => monitor.success()))
for (let round = 0; round < ROUNDS; round++) {
  const sent = monitors.map((monitor) => monitor.success())
  // The requests leave, then nothing of this process runs for longer than they may take.
  await new Promise((resolve) => setTimeout(resolve, 15))
  const until = performance.now() + TIMEOUT_MS + 50
  while (performance.now() < until);
  await Promise.all(sent)
}
print(monitors.map((monitor) => monitor.stats()))
