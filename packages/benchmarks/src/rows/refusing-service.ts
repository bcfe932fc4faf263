import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { printed, run } from '../harness/run-program.ts'
import { rounded } from '../harness/statistics.ts'
import type { Row } from '../harness/row.ts'

const MB = 1024 * 1024

/** Where nobody listens: the port was free a moment ago. */
async function environmentOfNobody(): Promise<Readonly<Record<string, string>>> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return { CRONTIFY_BASE_URL: `http://127.0.0.1:${port}`, CRONTIFY_API_KEY: 'ck_live_benchmark0123456789' }
}

export const REFUSING_SERVICE: readonly Row[] = [
  {
    id: 'refused',
    what: 'delay before and after a job, connections refused',
    goal: 'as N1 and N2: ≤ 550 ms and ≤ 5,100 ms, ≤ 2 ms once the breaker is open',
    measure: async () => {
      const { runs } = printed<{ runs: { beforeMs: number; afterMs: number }[] }>(
        await run('wrap-delays', { ...(await environmentOfNobody()), RUNS: '6' }),
      )
      const [first, last] = [runs[0], runs.at(-1)]
      if (first === undefined || last === undefined) throw new Error('No run was measured')
      const openMs = Math.max(last.beforeMs, last.afterMs)
      return {
        value: `${rounded(first.beforeMs)} ms and ${rounded(first.afterMs)} ms, then ${rounded(openMs)} ms`,
        met: first.beforeMs <= 550 && first.afterMs <= 5_100 && openMs <= 2,
        numbers: { beforeMs: first.beforeMs, afterMs: first.afterMs, openMs },
      }
    },
  },
  {
    id: 'N19',
    what: 'service gone for a day of 86,400 runs, as fast as they go: heap at the end above that after a tenth',
    goal: '≤ 5 MB, a warning a minute, no ping unaccounted for',
    measure: async () => {
      const { grewBytes, seconds, warnings, created, accounted } = printed<
        Readonly<Record<'grewBytes' | 'seconds' | 'warnings' | 'created' | 'accounted', number>>
      >(await run('outage', await environmentOfNobody(), ['--expose-gc']))
      const grewMb = grewBytes / MB
      const mostWarnings = 1 + Math.ceil(seconds / 60)
      return {
        value: `${rounded(grewMb)} MB, ${warnings} warnings in ${rounded(seconds)} s, ${created - accounted} unaccounted for`,
        met: grewMb <= 5 && warnings <= mostWarnings && created === accounted,
        numbers: { grewMb, warnings, seconds, unaccounted: created - accounted },
      }
    },
  },
  {
    id: 'off',
    what: 'job that does nothing inside a `wrap` that is switched off',
    goal: '≤ 10 µs added',
    measure: async () => {
      const { bareUs, wrappedUs } = printed<{ bareUs: number; wrappedUs: number }>(
        await run('switched-off', await environmentOfNobody()),
      )
      const addedUs = wrappedUs - bareUs
      return { value: `${rounded(addedUs)} µs`, met: addedUs <= 10, numbers: { bareUs, wrappedUs } }
    },
  },
]
