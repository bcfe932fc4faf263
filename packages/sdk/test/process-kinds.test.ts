import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bodyPrograms } from './support/body-program.ts'
import { temporaryFolder } from './support/run-program.ts'

const REJECTION = `await monitor.wrap(() => new Promise((resolve) => setTimeout(() => {
  void Promise.reject(new Error('nobody handles this'))
  setTimeout(resolve, 50)
}, 5)))`

it.each<[string, number, string]>([
  ['strict', 1, 'failed'],
  ['throw', 1, 'failed'],
  ['warn', 0, 'success'],
  ['none', 0, 'success'],
  ['warn-with-error-code', 1, 'success'],
])(
  'leaves to --unhandled-rejections=%s what becomes of the process, and tells what became of the run',
  async (mode, code, status) => {
    const programs = await bodyPrograms()

    const ending = await programs.run(REJECTION, {
      nodeOptions: [`--unhandled-rejections=${mode}`, '--no-warnings'],
    })

    expect(ending.code).toBe(code)
    expect(programs.runs().map((run) => run.status)).toEqual([status])
  },
)

it.each<[string, string, readonly string[]]>([
  ['process.abort', `process.abort()`, []],
  [
    'lack of memory',
    `const held = []; for (;;) held.push(new Array(1e6).fill(held.length))`,
    ['--max-old-space-size=32'],
  ],
])('reports a run that %s ended, when the next process starts', async (_name, job, nodeOptions) => {
  const programs = await bodyPrograms()
  const spoolDirectory = join(await temporaryFolder(), 'spool')

  const dying = await programs.run(`await monitor.wrap(() => { ${job} })`, {
    nodeOptions,
    delivery: { spoolDirectory },
  })
  expect(dying.code === 0 && dying.signal === null).toBe(false)
  expect(programs.runs().map((run) => run.status)).toEqual(['running'])
  await programs.run(`await monitor.flush({ withinMs: 5000 })`, { delivery: { spoolDirectory } })

  expect(programs.runs()).toEqual([{ status: 'failed', errorMessage: 'the process ended without reporting' }])
  expect((await readdir(spoolDirectory)).filter((name) => !name.endsWith('.latest'))).toEqual([])
})

it('delivers from a worker thread that ends by itself, exits or throws, and holds no other one up', async () => {
  const programs = await bodyPrograms()

  const ending = await programs.run(`
    const { Worker, isMainThread, workerData } = require('node:worker_threads')
    if (isMainThread) {
      for (const how of ['end', 'exit', 'throw']) {
        const worker = new Worker(__filename, { workerData: how })
        await new Promise((resolve) => worker.on('exit', resolve).on('error', () => {}))
      }
    } else if (workerData === 'end') await monitor.wrap(() => 'done')
    else if (workerData === 'exit') await monitor.wrap(() => { process.exit(3) })
    else await monitor.wrap(() => new Promise(() => setTimeout(() => { throw new Error('in the thread') }, 5)))
  `)

  expect(ending).toMatchObject({ code: 0 })
  expect(programs.runs().map((run) => run.status)).toEqual(['success', 'failed', 'failed'])
})

it('says nothing false of a worker thread that is terminated in its run', async () => {
  const programs = await bodyPrograms()

  const ending = await programs.run(`
    const { Worker, isMainThread, parentPort } = require('node:worker_threads')
    if (isMainThread) {
      const worker = new Worker(__filename)
      await new Promise((resolve) => worker.on('message', resolve))
      await worker.terminate()
      await monitor.flush({ withinMs: 500 })
    } else await monitor.wrap(() => { parentPort.postMessage('in the run'); return new Promise(() => setInterval(() => {}, 1000)) })
  `)

  expect(ending).toMatchObject({ code: 0, stderr: '' })
  // Nobody can tell in its stead: Crontify will find the run hung.
  expect(programs.runs().map((run) => run.status)).toEqual(['running'])
})

it('gives a forked process runs of its own', async () => {
  const programs = await bodyPrograms()

  const ending = await programs.run(`
    const { fork } = require('node:child_process')
    if (process.argv[2] === 'child') return void await monitor.wrap(() => 'child')
    await monitor.wrap(() => 'parent')
    await new Promise((resolve) => fork(__filename, ['child']).on('exit', resolve))
    await monitor.wrap(() => 'parent again')
  `)

  expect(ending).toMatchObject({ code: 0, stderr: '' })
  expect(programs.runs().map((run) => run.status)).toEqual(['success', 'success', 'success'])
  expect(programs.server.alerts()).toEqual([])
})

it('tells of the open run of a cluster worker that is reloaded: SIGINT, and a kill 1.6 s later', async () => {
  const programs = await bodyPrograms()

  const ending = await programs.run(
    `
    const cluster = require('node:cluster')
    if (cluster.isPrimary) {
      const worker = cluster.fork()
      await new Promise((resolve) => cluster.on('message', resolve))
      const gone = new Promise((resolve) => worker.on('exit', (code, signal) => resolve(signal)))
      worker.process.kill('SIGINT')
      const kill = setTimeout(() => worker.process.kill('SIGKILL'), 1_600)
      process.stdout.write(String(await gone))
      clearTimeout(kill)
    } else await monitor.wrap(() => { process.send('in the run'); return new Promise((resolve) => setTimeout(resolve, 60_000)) })
  `,
    { delivery: { handleSignals: true } },
  )

  expect(ending.stdout).toBe('SIGINT')
  expect(programs.runs()).toEqual([
    { status: 'failed', errorMessage: expect.stringContaining('SIGINT') as string },
  ])
})
