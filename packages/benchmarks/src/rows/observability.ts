import { printed, run } from '../harness/run-program.ts'
import type { Row } from '../harness/row.ts'
import { rounded } from '../harness/statistics.ts'

const LINES_PER_SECOND = 10_000
const MICROSECONDS = 1_000_000

export const OBSERVABILITY: readonly Row[] = [
  {
    id: 'observed',
    what: 'processor time of a run without its pings, of its span, and of 10,000 log lines a second that become lines of a run; the heap after a million lines',
    goal: '≤ 20 µs, ≤ 50 µs, ≤ 5 %, ≤ 1.1',
    measure: async () => {
      const measured = printed<{ runUs: number; tracedUs: number; lineUs: number; heapGrowth: number }>(
        await run('observed-runs', {}, ['--expose-gc']),
      )
      const { runUs, tracedUs, lineUs, heapGrowth } = measured
      const share = (lineUs * LINES_PER_SECOND) / MICROSECONDS
      return {
        value: `${rounded(runUs)} µs, ${rounded(tracedUs)} µs, ${rounded(share * 100)} %, ${rounded(heapGrowth)}`,
        met: runUs <= 20 && tracedUs <= 50 && share <= 0.05 && heapGrowth <= 1.1,
        numbers: { ...measured, share },
      }
    },
  },
]
