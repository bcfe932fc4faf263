import { environmentOf, startService } from '../harness/service.ts'
import { run } from '../harness/run-program.ts'
import { quantile, rounded } from '../harness/statistics.ts'
import type { Row } from '../harness/row.ts'

const CODES = { exit: 7, throw: 1, reject: 1 } as const
const PROCESSES = 999

export const PROCESS_ENDS: readonly Row[] = [
  {
    id: 'N11',
    what: 'process.exit, uncaught error or rejection in a run, 999 processes: failures that arrive, exit codes that stay',
    goal: '≥ 99.9 %, 100 %',
    isLong: true,
    measure: async () => {
      const service = await startService()
      const took: number[] = []
      let wrongCodes = 0
      const queue = Array.from({ length: PROCESSES }, (_, index) => index)
      const work = async (): Promise<void> => {
        for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
          const how = (['exit', 'throw', 'reject'] as const)[index % 3] ?? 'exit'
          const ended = await run('exits-mid-run', {
            ...environmentOf(service),
            HOW: how,
            MONITOR: `job-${index}`,
          })
          took.push(ended.tookMs)
          if (ended.code !== CODES[how]) wrongCodes++
        }
      }
      await Promise.all([work(), work()])
      await service.close()
      const arrived = new Set(service.paths.filter((path) => path.endsWith('/fail'))).size
      return {
        value: `${arrived} of ${PROCESSES} arrived, ${wrongCodes} wrong exit codes, whole process p99 ${rounded(quantile(took, 0.99))} ms`,
        met: arrived >= PROCESSES * 0.999 && wrongCodes === 0,
        numbers: { arrived, processes: PROCESSES, wrongCodes, p99Ms: quantile(took, 0.99) },
      }
    },
  },
]
