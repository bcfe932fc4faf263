import { monitorAgenda, setMeta, type AgendaNotice } from '@crontify/agenda'
import { backoffStrategies, type Agenda, type AgendaBackend } from 'agenda'
import { afterEach, expect, it } from 'vitest'
import { createRig, latch, MONITOR, nth, runAgain, type Rig } from './rig.ts'

/** What must hold on every store that Agenda can have. */
export function storeRows(createBackend: () => AgendaBackend): void {
  const rigs: Rig[] = []

  afterEach(async () => {
    for (const rig of rigs.splice(0)) await rig.close()
  })

  async function setUp(): Promise<Rig> {
    const rig = await createRig(createBackend)
    rigs.push(rig)
    return rig
  }

  it('sends a start and a success with the metadata that the job has set', async () => {
    const { server, monitor, jobName, instance, runs } = await setUp()
    const agenda = instance()
    agenda.define(jobName, async (job) => {
      setMeta(job, { rows: 1, files: 3 })
      setMeta(job, { rows: 120 })
    })
    monitorAgenda(agenda, { monitors: { [jobName]: monitor } })
    await agenda.start()
    const done = nth(agenda, 'complete', jobName)

    await agenda.every('1 hour', jobName)
    await done

    expect(await runs()).toEqual(['success'])
    expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
    expect(server.runs(MONITOR)[0]).toMatchObject({ meta: { rows: 120, files: 3 } })
  })

  it('reports each failure of a job without retries, with what it had done', async () => {
    const { server, monitor, jobName, instance, pings } = await setUp()
    const agenda = instance()
    agenda.define(jobName, async (job) => {
      setMeta(job, { rows: 7 })
      throw new Error('disk is full')
    })
    monitorAgenda(agenda, { monitors: { [jobName]: monitor } })
    await agenda.start()
    const done = nth(agenda, 'complete', jobName)
    const again = nth(agenda, 'complete', jobName, 2)

    const job = await agenda.every('1 hour', jobName)
    await done
    await runAgain(job)
    await again

    expect(await pings()).toEqual(['start', 'fail', 'start', 'fail'])
    expect(server.runs(MONITOR)[1]).toMatchObject({ errorMessage: 'disk is full', meta: { rows: 7 } })
  })

  it('takes retries for one run, which ends well when the last attempt does', async () => {
    const { server, monitor, jobName, instance, pings } = await setUp()
    const agenda = instance()
    let attempts = 0
    defineFailing(agenda, jobName, () => ++attempts < 3)
    monitorAgenda(agenda, { monitors: { [jobName]: monitor } })
    await agenda.start()
    const done = nth(agenda, 'success', jobName)

    await agenda.every('1 hour', jobName)
    await done

    expect(await pings()).toEqual(['start', 'success'])
    expect(server.alerts()).toEqual([])
  })

  it('reports one failure when the retries are used up, and the next run as a new one', async () => {
    const { monitor, jobName, instance, pings } = await setUp()
    const agenda = instance()
    let isBroken = true
    defineFailing(agenda, jobName, () => isBroken)
    monitorAgenda(agenda, { monitors: { [jobName]: monitor } })
    await agenda.start()
    const failed = nth(agenda, 'complete', jobName, 3)

    const job = await agenda.every('1 hour', jobName)
    await failed
    isBroken = false
    const done = nth(agenda, 'success', jobName)
    await runAgain(job)
    await done

    expect(await pings()).toEqual(['start', 'fail', 'start', 'success'])
  })

  it('takes each attempt for a run where it is told so', async () => {
    const { monitor, jobName, instance, pings } = await setUp()
    const agenda = instance()
    let attempts = 0
    defineFailing(agenda, jobName, () => ++attempts < 2)
    monitorAgenda(agenda, { monitors: { [jobName]: monitor }, runs: 'attempt' })
    await agenda.start()
    const done = nth(agenda, 'success', jobName)

    await agenda.every('1 hour', jobName)
    await done

    expect(await pings()).toEqual(['start', 'fail', 'start', 'success'])
  })

  it.each([
    ['different names', ['one', 'two', 'three']],
    ['the same name', ['all', 'all', 'all']],
  ])('sends one pair from three instances with %s, for a job whose retries hop', async (_how, names) => {
    const { server, monitor, jobName, instance, pings } = await setUp()
    let attempts = 0
    const instances = names.map((name) => {
      const agenda = instance(name)
      defineFailing(agenda, jobName, () => ++attempts < 3)
      monitorAgenda(agenda, { monitors: { [jobName]: monitor } })
      return agenda
    })
    const done = Promise.race(instances.map((agenda) => nth(agenda, 'success', jobName)))
    const [first] = instances

    for (const agenda of instances) await agenda.start()
    await first?.every('1 hour', jobName)
    await done

    expect(await pings()).toEqual(['start', 'success'])
    expect(server.alerts()).toEqual([])
  })

  it('takes a retry that another process has begun for the same run', async () => {
    const { monitor, jobName, instance, pings } = await setUp()
    const first = instance('first')
    defineFailing(first, jobName, () => true)
    monitorAgenda(first, { monitors: { [jobName]: monitor } })
    await first.start()
    const failed = nth(first, 'complete', jobName)
    await first.every('1 hour', jobName)
    await failed
    await first.stop()
    const second = instance('second')
    defineFailing(second, jobName, () => false)
    monitorAgenda(second, { monitors: { [jobName]: monitor } })
    const done = nth(second, 'success', jobName)

    await second.start()
    await done

    expect(await pings()).toEqual(['start', 'success'])
  })

  it('tells of a run that has lost its lock, and keeps its late end from closing the run that followed', async () => {
    const { server, monitor, jobName, instance, runs } = await setUp()
    const first = latch()
    const notices: AgendaNotice[] = []
    const agenda = instance()
    let calls = 0
    agenda.define(
      jobName,
      async () => {
        if (++calls === 1) return first.opened
        const late = nth(agenda, 'complete', jobName)
        first.open()
        await late
      },
      { lockLifetime: 400 },
    )
    monitorAgenda(agenda, {
      monitors: { [jobName]: monitor },
      onNotice: (notice) => notices.push(notice),
    })
    await agenda.start()
    const bothDone = nth(agenda, 'complete', jobName, 2)

    // Long enough for a busy machine to stop before a third run is due.
    await agenda.every(4_000, jobName)
    await bothDone
    await agenda.stop()

    expect(await runs()).toEqual(['overlapped', 'success'])
    expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'start', 'success'])
    expect(notices).toMatchObject([{ kind: 'lock-lost', jobName }])
    expect(server.alerts().map(({ type }) => type)).toEqual(['overlapped'])
  })

  it('ignores jobs that do not recur, unless it is told otherwise', async () => {
    const { monitor, jobName, instance, pings } = await setUp()
    const agenda = instance()
    agenda.define(jobName, async () => {})
    const detach = monitorAgenda(agenda, { monitors: { [jobName]: monitor } })
    await agenda.start()
    const done = nth(agenda, 'complete', jobName)
    await agenda.now(jobName)
    await done
    expect(await pings()).toEqual([])
    detach()
    monitorAgenda(agenda, { monitors: { [jobName]: monitor }, jobs: 'all' })
    const again = nth(agenda, 'complete', jobName)

    await agenda.now(jobName)
    await again

    expect(await pings()).toEqual(['start', 'success'])
  })
}

/** A job that is tried three times in quick turns, and fails while it is told to. */
function defineFailing(agenda: Agenda, jobName: string, isBroken: () => boolean): void {
  agenda.define(
    jobName,
    async () => {
      if (isBroken()) throw new Error('disk is full')
    },
    { backoff: backoffStrategies.constant({ delay: 10, maxRetries: 2 }) },
  )
}
