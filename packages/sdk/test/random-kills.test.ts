import { expect, it } from 'vitest'
import type { Transport } from '../src/http/transport.ts'
import { openDeliverySpool } from '../src/disk/queue/delivery-spool.ts'
import { CrontifyMonitor } from '../src/client/crontify-monitor.ts'
import { temporaryFolder } from './support/run-program.ts'
import { ok, respond, scripted, TEST_KEY, type Scripted } from './support/scripted.ts'
import { spoolWorld } from './support/spool-world.ts'

/** What the service has heard, by the run's id on our side. */
type Heard = Map<string, Set<string>>

type Service = 'healthy' | 'slow' | 'failing'

const KILLS_PER_SERVICE = 100
const SLOW_MS = 3_000

/** The same numbers for the same seed. */
function drawsOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

function transportTo(service: Service, heard: Heard, world: Scripted, isDead: () => boolean): Transport {
  return {
    send: ({ path, headers }, { onWritten }) =>
      new Promise((resolve) => {
        if (isDead()) return
        onWritten()
        const kind = path.slice(path.lastIndexOf('/') + 1)
        const runId = headers['x-client-run-id'] ?? ''
        if (service === 'failing') return resolve(respond(500))
        heard.set(runId, (heard.get(runId) ?? new Set()).add(kind))
        const answer = (): void => {
          if (!isDead()) resolve(ok(kind === 'start' ? 'running' : kind))
        }
        if (service === 'healthy') answer()
        else world.clock.schedule(answer, SLOW_MS)
      }),
  }
}

/** A process of its own on the directory; `kill` stops it where it is. */
function startProcess(directory: string, pid: number, service: Service, heard: Heard) {
  const disk = spoolWorld(pid)
  const world = scripted()
  let isDead = false
  const transport = transportTo(service, heard, world, () => isDead)
  const identity = { host: 'h', boot: 'b', space: 's', startedAt: '' }
  const processes = {
    self: { ...identity, pid },
    stateOf: (other: { readonly pid: number }) =>
      other.pid === pid ? ('alive' as const) : ('gone' as const),
  }
  const surroundings = {
    ...world.surroundings,
    newId: () => `${pid}-${Math.random().toString(36).slice(2)}`,
    openTransport: () => transport,
    openSpool: (target: Parameters<typeof openDeliverySpool>[0]) =>
      openDeliverySpool(
        target,
        directory,
        { ...disk.surroundings, clock: world.surroundings.clock },
        processes,
      ),
  }
  const monitor = new CrontifyMonitor(
    { apiKey: TEST_KEY, monitorId: 'nightly-backup', logger: false, delivery: { spoolDirectory: directory } },
    surroundings,
  )
  return { monitor, world, kill: () => (isDead = true) }
}

/** Lets what waits for the real disk go on. */
async function letTheDiskWork(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
}

async function killAtRandom(service: Service, seed: number): Promise<void> {
  const draw = drawsOf(seed)
  const directory = `${await temporaryFolder()}/spool`
  const heard: Heard = new Map()
  const first = startProcess(directory, 101, service, heard)
  /** How the job of each run stood at the kill. */
  const jobs = new Map<string, 'running' | 'success' | 'fail'>()
  const isFailing = draw() < 0.5
  const jobMs = draw() * 2_000
  void first.monitor
    .wrap(async ({ id }) => {
      jobs.set(id, 'running')
      await new Promise<void>((resolve) => first.world.clock.schedule(resolve, jobMs))
      jobs.set(id, isFailing ? 'fail' : 'success')
      if (isFailing) throw new Error('disk is full')
    })
    .catch(() => {})

  const killAfterMs = draw() * 9_000
  for (let ms = 0; ms < killAfterMs; ms += 250) {
    await first.world.clock.advance(Math.min(250, killAfterMs - ms))
    await letTheDiskWork()
  }
  first.kill()
  startProcess(directory, 102, 'healthy', heard)
  const endsOf = (id: string): string[] => [...(heard.get(id) ?? [])].filter((kind) => kind !== 'start')
  const areAllTold = (): boolean => [...jobs.keys()].every((id) => endsOf(id).length > 0)
  // It reads the real disk; only a run that is lost takes all of these turns.
  for (let turn = 0; turn < 20_000 && !areAllTold(); turn++) await letTheDiskWork()

  for (const [id, how] of jobs) {
    expect(endsOf(id), `${service}, seed ${seed}: the job was ${how}`).toEqual([
      how === 'running' ? 'fail' : how,
    ])
  }
}

it.each<Service>(['healthy', 'slow', 'failing'])(
  'loses no run and misreports none, killed at a hundred random points with a %s service',
  { timeout: 120_000 },
  async (service) => {
    for (let seed = 1; seed <= KILLS_PER_SERVICE; seed++) await killAtRandom(service, seed)
  },
)
