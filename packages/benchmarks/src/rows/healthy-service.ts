import { environmentOf, startService } from '../harness/service.ts'
import { printed, run } from '../harness/run-program.ts'
import { median, quantile, rounded } from '../harness/statistics.ts'
import type { Row } from '../harness/row.ts'
import { ratioOfProcesses } from '../harness/ratio-of-processes.ts'

export const HEALTHY_SERVICE: readonly Row[] = [
  {
    id: 'N3',
    what: 'added by one `wrap`, service answers after 1 ms',
    goal: 'p50 ≤ 5 ms, p99 ≤ 15 ms, ≤ 1 ms CPU per ping, first ping stalls ≤ 60 ms',
    measure: async () => {
      const service = await startService(1)
      const { addedMs, firstStallMs, cpuMsPerPing } = printed<{
        addedMs: number[]
        firstStallMs: number
        cpuMsPerPing: number
      }>(await run('healthy-wraps', environmentOf(service)))
      await service.close()
      const [p50, p99] = [median(addedMs), quantile(addedMs, 0.99)]
      return {
        value: `p50 ${rounded(p50)} ms, p99 ${rounded(p99)} ms, ${rounded(cpuMsPerPing)} ms CPU, first ${rounded(firstStallMs)} ms`,
        met: p50 <= 5 && p99 <= 15 && cpuMsPerPing <= 1 && firstStallMs <= 60,
        numbers: { p50, p99, cpuMsPerPing, firstStallMs },
      }
    },
  },
  {
    id: 'N20',
    what: 'tax on each `await` of the process',
    goal: 'none (≤ 1.05 ×)',
    measure: async () => {
      const service = await startService()
      const ratios: number[] = []
      for (let pair = 0; pair < 5; pair++) {
        const bare = printed<{ nsPerAwait: number }>(await run('awaits', environmentOf(service)))
        const taxed = printed<{ nsPerAwait: number }>(
          await run('awaits', { ...environmentOf(service), WITH_SDK: '1' }),
        )
        ratios.push(taxed.nsPerAwait / bare.nsPerAwait)
      }
      await service.close()
      const ratio = median(ratios)
      return { value: `${rounded(ratio)} ×`, met: ratio <= 1.05, numbers: { ratio } }
    },
  },
  {
    id: 'import',
    what: 'process that imports the SDK and makes a monitor, against one that does nothing',
    goal: '≤ 1.25 ×',
    measure: async () => {
      const measured = await ratioOfProcesses('imports-only', 'bare')
      return { ...measured, met: measured.ratio <= 1.25 }
    },
  },
  {
    id: 'script',
    what: 'script that wraps a job that does nothing, both pings delivered, against one that does nothing',
    goal: '≤ 2 ×',
    measure: async () => {
      const measured = await ratioOfProcesses('whole-script', 'bare')
      return { ...measured, met: measured.ratio <= 2 }
    },
  },
  {
    id: 'throughput',
    what: 'pings per second through the whole SDK, against a bare node:http client with as many connections',
    goal: '≥ 0.8 ×',
    measure: async () => {
      const service = await startService()
      const { sdkMs, bareMs, undiciMs } = printed<Record<'sdkMs' | 'bareMs' | 'undiciMs', number[]>>(
        await run('throughput', environmentOf(service)),
      )
      await service.close()
      const ratioTo = (floorMs: number[]): number =>
        median(sdkMs.map((ms, round) => (floorMs[round] ?? NaN) / ms))
      const ratio = ratioTo(bareMs)
      const toUndici = ratioTo(undiciMs)
      return {
        value: `${rounded(ratio)} ×; ${rounded(toUndici)} × a bare undici`,
        met: ratio >= 0.8,
        numbers: { ratio, toUndici },
      }
    },
  },
]
