import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type JobServers, startJobServers } from '@crontify/adapter-conformance/servers'
import { createMockServer } from '@crontify/mock-server'
import { transform } from 'esbuild'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'

const DOCUMENT = resolve(import.meta.dirname, '../../../../docs/graceful-shutdown.md')
const WORKPLACE = resolve(import.meta.dirname, '../../node_modules/.graceful-shutdown')
/** Nest's decorators. */
const tsconfigRaw = { compilerOptions: { experimentalDecorators: true } }

const programs = [
  ...readFileSync(DOCUMENT, 'utf8').matchAll(/^## ([^\n]+)\n([^]*?)(?=^## |$(?![^]))/gm),
].flatMap(([, title = '', section = '']) =>
  [...section.matchAll(/```ts\n([^]*?)```/g)].map(([, code = '']) => ({
    name: code.includes('handleSignals') ? `${title}, with handleSignals` : title,
    code,
  })),
)

const ROUTE = `/cron/report', { method: 'POST', headers: { authorization: 'Bearer only-on-this-laptop' } })`
/** Starts the job, once the program is ready for it. */
const TRIGGERS: Readonly<Record<string, string>> = {
  'node-cron': 'void task.execute()',
  Timers: 'void job()',
  BullMQ: `await queue.upsertJobScheduler('nightly-report', { every: 86_400_000 })`,
  Agenda: `await agenda.cancel({ name: 'nightly-report' }); await agenda.every('24 hours', 'nightly-report')`,
  'pg-boss': `await boss.send('nightly-report', {})`,
  'Graphile Worker': `await runner.addJob('nightly-report', {})`,
  Nest: 'void app.get(Reports).nightly()',
  Express: `server.once('listening', () => void fetch('http://127.0.0.1:' + server.address().port + '${ROUTE})`,
  Fastify: `void fetch('http://127.0.0.1:' + app.server.address().port + '${ROUTE}`,
  'A script': '',
  'A script, with handleSignals': '',
}
const JOB = 'async () => ({ rows: 120 })'
/** Prints that it has begun, and ends one second later, after the signal. */
const SLOW_JOB = `async () => {
  console.log('the job has begun')
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  return { rows: 120 }
}`
const ENDLESS_JOB = SLOW_JOB.replace('1_000', '60_000')

let servers: JobServers
beforeAll(async () => {
  servers = await startJobServers()
})
afterAll(() => servers.stop())

/** Runs a program with a job that is slow, sends SIGTERM in the middle of it, and reads what became of the run. */
async function endDuringTheJob(name: string, code: string, job = SLOW_JOB): Promise<object> {
  const server = await createMockServer({ monitors: [{ id: 'nightly-report' }] })
  onTestFinished(() => server.close())
  mkdirSync(WORKPLACE, { recursive: true })
  expect(code).toContain(JOB)
  const text = (await transform(code.replace(JOB, job), { loader: 'ts', tsconfigRaw })).code
  const file = join(WORKPLACE, `${name.replaceAll(/\W+/g, '-')}.mjs`)
  writeFileSync(file, `${text}\n${TRIGGERS[name] ?? ''}`)

  const child = spawn(process.execPath, [file], {
    env: {
      ...process.env,
      CRONTIFY_API_KEY: server.apiKey,
      CRONTIFY_BASE_URL: server.url,
      ...servers.env,
      PORT: '0',
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)))
  child.stdout.on('data', (chunk: Buffer) => {
    if (String(chunk).includes('the job has begun')) child.kill('SIGTERM')
  })
  const [exitCode, signal] = (await once(child, 'close')) as [number | null, string | null]
  return {
    ended: exitCode ?? signal,
    errors: errors.replace('ending after this job\n', ''),
    pings: server.pings().map(({ kind }) => kind),
    runs: server.runs('nightly-report').map(({ status, meta }) => [status, meta?.['rows']]),
  }
}

const codeOf = (name: string): string => programs.find((one) => one.name === name)?.code ?? ''

it('has a program for each scheduler', () => {
  expect(programs.map(({ name }) => name)).toEqual(Object.keys(TRIGGERS))
})

it.each(programs.filter(({ name }) => !name.includes('handleSignals')))(
  'delivers the end of a run that is open at SIGTERM: $name',
  async ({ name, code }) => {
    expect(await endDuringTheJob(name, code)).toEqual({
      // Nest raises the signal again.
      ended: name === 'Nest' ? 'SIGTERM' : 0,
      errors: '',
      pings: ['start', 'success'],
      runs: [['success', 120]],
    })
  },
)

it('fails the run at SIGTERM with handleSignals', async () => {
  const name = 'A script, with handleSignals'

  expect(await endDuringTheJob(name, codeOf(name), ENDLESS_JOB)).toEqual({
    ended: 'SIGTERM',
    errors: '',
    pings: ['start', 'fail'],
    runs: [['failed', undefined]],
  })
})

it('loses the end of the run where Graphile Worker handles the signal itself', async () => {
  const code = codeOf('Graphile Worker').replace('noHandleSignals: true,', '')

  expect(await endDuringTheJob('Graphile Worker', code)).toMatchObject({ ended: 'SIGTERM', pings: ['start'] })
})
