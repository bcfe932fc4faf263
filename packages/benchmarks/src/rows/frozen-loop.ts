import { environmentOf, startService } from '../harness/service.ts'
import { printed, run } from '../harness/run-program.ts'
import type { Row } from '../harness/row.ts'

export const FROZEN_LOOP: readonly Row[] = [
  {
    id: 'N10',
    what: 'event loop blocked past the deadline with 1,000 answers waiting: pings sent twice or given up',
    goal: '0',
    isLong: true,
    measure: async () => {
      const service = await startService()
      const stats = printed<{ created: number; delivered: number; retries: number }[]>(
        await run('frozen-loop', environmentOf(service)),
      )
      await service.close()
      const sum = (of: 'created' | 'delivered' | 'retries'): number =>
        stats.reduce((total, one) => total + one[of], 0)
      const created = sum('created')
      const wrong = sum('retries') + created - sum('delivered') + Math.abs(service.paths.length - created)
      return {
        value: `${wrong} of ${created}`,
        met: wrong === 0 && created >= 1_000,
        numbers: { wrong, created },
      }
    },
  },
]
