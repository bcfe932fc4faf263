import { environmentOf, startService } from '../harness/service.ts'
import { printed, run } from '../harness/run-program.ts'
import { rounded } from '../harness/statistics.ts'
import type { Row } from '../harness/row.ts'

interface Delays {
  readonly runs: readonly { readonly beforeMs: number; readonly afterMs: number }[]
  readonly jobOverAt: number
}

/** Enough runs for the breaker to open: five failures in a row. */
const RUNS = 6

async function delaysOnSilence(): Promise<{
  readonly first: Delays['runs'][0]
  readonly last: Delays['runs'][0]
}> {
  const service = await startService(null)
  try {
    const env = { ...environmentOf(service), RUNS: String(RUNS) }
    const { runs } = printed<Delays>(await run('wrap-delays', env))
    const [first, last] = [runs[0], runs.at(-1)]
    if (first === undefined || last === undefined) throw new Error('No run was measured')
    return { first, last }
  } finally {
    await service.close()
  }
}

let measuring: ReturnType<typeof delaysOnSilence> | undefined
const delays = (): ReturnType<typeof delaysOnSilence> => (measuring ??= delaysOnSilence())

export const SILENT_SERVICE: readonly Row[] = [
  {
    id: 'N1',
    what: 'start delay, service silent',
    goal: '≤ 550 ms the first time, ≤ 2 ms once the breaker is open',
    measure: async () => {
      const { first, last } = await delays()
      return {
        value: `${rounded(first.beforeMs)} ms, then ${rounded(last.beforeMs)} ms`,
        met: first.beforeMs <= 550 && last.beforeMs <= 2,
        numbers: { firstMs: first.beforeMs, openMs: last.beforeMs },
      }
    },
  },
  {
    id: 'N2',
    what: 'end delay, service silent',
    goal: '≤ 5,100 ms, ≤ 2 ms once the breaker is open',
    measure: async () => {
      const { first, last } = await delays()
      return {
        value: `${rounded(first.afterMs)} ms, then ${rounded(last.afterMs)} ms`,
        met: first.afterMs <= 5_100 && last.afterMs <= 2,
        numbers: { firstMs: first.afterMs, openMs: last.afterMs },
      }
    },
  },
  {
    id: 'N4',
    what: 'process held after its job, service silent, nobody waiting',
    goal: '≤ 1,500 ms',
    measure: async () => {
      const service = await startService(null)
      const [ended, endedAt] = await run('held-after-job', environmentOf(service)).then(
        (end) => [end, Date.now()] as const,
      )
      await service.close()
      const heldMs = endedAt - Number(ended.stdout)
      // Node needs some time to end a process, and this machine to notice.
      return { value: `${rounded(heldMs)} ms`, met: heldMs <= 1_600, numbers: { heldMs } }
    },
  },
]
