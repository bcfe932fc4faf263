import type { Measured } from './row.ts'
import { run } from './run-program.ts'
import { environmentOf, startService } from './service.ts'
import { median, quantile, rounded } from './statistics.ts'

/** A program of this package by its name, or arguments for Node. */
type Program = Parameters<typeof run>[0]

/** Pairs of processes for a ratio: the machine's mood changes, so both are run in turn. */
const PAIRS = 15

/** How much longer a process lives than another one, both with a service that answers at once: the median of pairs. */
export async function ratioOfProcesses(
  program: Program,
  floor: Program,
): Promise<Measured & { readonly ratio: number }> {
  const service = await startService()
  const env = environmentOf(service)
  const ratios: number[] = []
  try {
    await run(program, env)
    await run(floor, env)
    for (let pair = 0; pair < PAIRS; pair++) {
      const bare = await run(floor, env)
      const ended = await run(program, env)
      if (ended.code !== 0) throw new Error(ended.stderr)
      ratios.push(ended.tookMs / bare.tookMs)
    }
  } finally {
    await service.close()
  }
  const ratio = median(ratios)
  const spread = `${rounded(quantile(ratios, 0.25))} to ${rounded(quantile(ratios, 0.75))}`
  return { ratio, value: `${rounded(ratio)} × (${spread})`, met: undefined, numbers: { ratio } }
}
