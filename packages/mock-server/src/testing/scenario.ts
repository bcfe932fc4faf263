import { pingPath, type Meta, type PingKind } from '@crontify/protocol'
import { durationMsOf } from '../duration.ts'
import type { MockServer } from '../mock-server.ts'
import type { Duration } from '../time-texts.ts'

/** What a scenario needs of a local Crontify. */
export type ScenarioMock = Pick<MockServer, 'fetch' | 'advance' | 'now' | 'url' | 'apiKey'>

/**
 * A story that reads as a sentence. Every word returns a longer story and leaves this one as it is; `play` lets it happen.
 */
export interface Scenario {
  /** The job that the following words are about. */
  job(monitorId: string): Scenario
  /** Moves the clock on to this time of day in UTC, `'02:00'`, today or else tomorrow, or to an ISO-8601 instant. */
  at(time: string): Scenario
  /** Moves the clock on. */
  after(duration: Duration): Scenario
  starts(): Scenario
  succeeds(meta?: Meta): Scenario
  fails(errorMessage?: string, more?: { readonly log?: string; readonly meta?: Meta }): Scenario
  /**
   * Lets it happen, in order.
   *
   * @throws {CrontifyMockError} (as a rejection) when no job was named, or a time has passed.
   * @throws {Error} (as a rejection) when a ping is refused, with the reason.
   */
  play(): Promise<void>
}

type Step = (mock: ScenarioMock) => Promise<void>

const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/
const DAY_MS = 86_400_000

/**
 * Begins a story about the jobs of a local Crontify on a virtual clock.
 *
 * @example
 * import { createMockCrontify, scenario } from '@crontify/mock-server'
 *
 * const crontify = await createMockCrontify({ monitors: [{ id: 'nightly-sync' }], clock: 'virtual' })
 * await scenario(crontify).at('02:00').job('nightly-sync').starts().after('4m').succeeds({ records: 12 }).play()
 * console.log(crontify.runs('nightly-sync')[0]?.durationMs) // 240000
 * await crontify.close()
 */
export function scenario(mock: ScenarioMock): Scenario {
  return scenarioOf(mock, [], undefined)
}

function scenarioOf(mock: ScenarioMock, steps: readonly Step[], job: string | undefined): Scenario {
  const then = (step: Step): Scenario => scenarioOf(mock, [...steps, step], job)
  const pings = (kind: PingKind, body?: object): Scenario => then((given) => send(given, job, kind, body))
  return {
    job: (monitorId) => scenarioOf(mock, steps, monitorId),
    at: (time) => then((given) => given.advance(waitMs(given.now(), time))),
    after: (duration) => then((given) => given.advance(duration)),
    starts: () => pings('start'),
    succeeds: (meta) => pings('success', meta === undefined ? undefined : { meta }),
    fails: (errorMessage, more = {}) =>
      pings('fail', {
        ...(errorMessage === undefined ? {} : { errorMessage }),
        ...(more.log === undefined ? {} : { logOutput: more.log }),
        ...(more.meta === undefined ? {} : { meta: more.meta }),
      }),
    async play() {
      for (const step of steps) await step(mock)
    },
  }
}

async function send(
  { fetch, url, apiKey }: ScenarioMock,
  job: string | undefined,
  kind: PingKind,
  body: object | undefined,
): Promise<void> {
  if (job === undefined)
    throw new RangeError(`Who? Name a job before the ${kind}: scenario(server).job('nightly-sync')`)
  const answer = await fetch(url + pingPath(job, kind), {
    method: 'POST',
    headers: { 'X-API-Key': apiKey },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (answer.ok) return
  throw new Error(`The ${kind} of ${job} was answered with ${answer.status}: ${await answer.text()}`)
}

/** How long it is until then. */
function waitMs(now: string, time: string): number {
  if (TIME_OF_DAY.test(time)) {
    const today = Date.parse(`${now.slice(0, 10)}T${time}Z`)
    const wait = today - Date.parse(now)
    return durationMsOf(wait < 0 ? wait + DAY_MS : wait)
  }
  const wait = Date.parse(time) - Date.parse(now)
  if (wait >= 0) return wait
  throw new RangeError(
    `${JSON.stringify(time)} is neither a time of day such as '02:00' nor an instant from ${now} on`,
  )
}
