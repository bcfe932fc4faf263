import { printed, run } from '../harness/run-program.ts'
import { ratioOfProcesses } from '../harness/ratio-of-processes.ts'
import type { Row } from '../harness/row.ts'
import { environmentOf, startService } from '../harness/service.ts'
import { rounded } from '../harness/statistics.ts'

/** Each against the same bare process: ratios of ratios, in one run. */
async function compared(
  programs: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, number>>> {
  const ratios: Record<string, number> = {}
  for (const [name, program] of Object.entries(programs)) {
    ratios[name] = (await ratioOfProcesses(program, 'bare')).ratio
  }
  return ratios
}

function listed(numbers: Readonly<Record<string, number>>, unit: string): string {
  return Object.entries(numbers)
    .map(([name, value]) => `${name} ${rounded(value)}${unit}`)
    .join(', ')
}

export const PEERS: readonly Row[] = [
  {
    id: 'peers-import',
    what: 'process that imports a client and makes it, against one that does nothing',
    goal: 'less than every peer',
    measure: async () => {
      const numbers = await compared({
        ours: 'imports-only',
        cronitor: 'peers/cronitor-import',
        sentry: 'peers/sentry-import',
        honeybadger: 'peers/honeybadger-import',
      })
      const { ours = NaN, ...others } = numbers
      return { value: listed(numbers, ' ×'), met: ours < Math.min(...Object.values(others)), numbers }
    },
  },
  {
    id: 'peers-script',
    what: 'script around a job that does nothing, all it sends delivered, against one that does nothing',
    goal: '≤ 0.6 × cronitor',
    // Not honeybadger: its client cannot be given the port of a service on this machine.
    measure: async () => {
      const numbers = await compared({
        ours: 'whole-script',
        cronitor: 'peers/cronitor-script',
        sentry: 'peers/sentry-script',
      })
      const { ours = NaN, cronitor = NaN } = numbers
      return { value: listed(numbers, ' ×'), met: ours <= 0.6 * cronitor, numbers }
    },
  },
  {
    id: 'peers-silent',
    what: 'a job held back by a service that never answers, before and after it',
    goal: 'far less than cronitor, the only peer that waits',
    isLong: true,
    measure: async () => {
      const service = await startService(null)
      const env = environmentOf(service)
      const { runs } = printed<{ runs: { beforeMs: number; afterMs: number }[] }>(
        await run('wrap-delays', env),
      )
      const peer = printed<{ beforeMs: number; afterMs: number }>(await run('peers/cronitor-delays', env))
      await service.close()
      const own = runs[0] ?? { beforeMs: NaN, afterMs: NaN }
      const numbers = {
        'ours before': own.beforeMs,
        'ours after': own.afterMs,
        'cronitor before': peer.beforeMs,
        'cronitor after': peer.afterMs,
      }
      const [ours, theirs] = [own.beforeMs + own.afterMs, peer.beforeMs + peer.afterMs]
      return { value: listed(numbers, ' ms'), met: ours < theirs / 2, numbers }
    },
  },
]
