import { printed, run } from '../harness/run-program.ts'
import { rounded } from '../harness/statistics.ts'
import type { Row } from '../harness/row.ts'

const MONITOR_COUNTS = [1, 10, 100, 1_000, 10_000, 100_000] as const
/** 100,000 monitors, a day, one ping a minute. */
const PINGS_OF_A_DAY = 100_000 * 1_440

interface Rate {
  readonly eventsPerSecond: number
}

async function ratesOf(program: string): Promise<number[]> {
  const rates: number[] = []
  for (const count of MONITOR_COUNTS) {
    const rate = printed<Rate & { readonly alerts?: number }>(await run(program, { MONITORS: String(count) }))
    if (rate.alerts) throw new Error('Healthy jobs have alerted: this is not what should be measured')
    rates.push(rate.eventsPerSecond)
  }
  return rates
}

const curve = (rates: readonly number[]): string =>
  rates.map((rate) => rounded(rate / (rates[0] ?? 0))).join(', ')

export const ENGINE: readonly Row[] = [
  {
    id: 'engine',
    what: 'events a second of the alert engine on one core, for 1, 10, 100, … 100,000 monitors',
    goal: '≥ 1,000,000 for one; a day of 100,000 minutely monitors in ≤ 5 min',
    measure: async () => {
      const rates = await ratesOf('engine-events')
      // As many objects of that size, replaced as often with nothing decided.
      const floor = await ratesOf('kept-states')
      const [one = 0] = rates
      const many = rates.at(-1) ?? 0
      const dayMinutes = PINGS_OF_A_DAY / many / 60
      return {
        value: `${rounded(one / 1e6)} million for one; ${curve(rates)} of that, where bare objects have ${curve(floor)}; a day of 100,000: ${rounded(dayMinutes)} min (reckoned)`,
        met: one >= 1e6 && dayMinutes <= 5,
        numbers: Object.fromEntries([
          ...MONITOR_COUNTS.map((count, index) => [`eventsPerSecond${count}`, rates[index] ?? 0] as const),
          ...MONITOR_COUNTS.map((count, index) => [`floorPerSecond${count}`, floor[index] ?? 0] as const),
          ['dayMinutes', dayMinutes] as const,
        ]),
      }
    },
  },
]
