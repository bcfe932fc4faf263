import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { scheduleOf as ofAgenda } from '@crontify/agenda'
import { scheduleOf as ofBullMq } from '@crontify/bullmq'
import { scheduleOf as ofGraphileWorker } from '@crontify/graphile-worker'
import { scheduleOf as ofNest } from '@crontify/nestjs'
import { scheduleOf as ofNodeCron } from '@crontify/node-cron'
import { scheduleOf as ofPgBoss } from '@crontify/pg-boss'
import { SCHEDULE_DIALECTS } from '@crontify/protocol'
import { CronJob } from 'cron'
import cron from 'node-cron'
import { expect, it } from 'vitest'
import { runProgram } from './run-program.ts'

const ROOT = resolve(import.meta.dirname, '../../../..')
const DOCUMENT = join(ROOT, 'docs/schedulers.md')
const text = readFileSync(DOCUMENT, 'utf8')

const [, , ...rows] = text
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => {
    const [where = '', use = '', program = '', , dialect = ''] = line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1)
    const [, lines = '', link = ''] = /^\[(\d+)\]\((.+)\)$/.exec(program) ?? []
    return { where, use, lines: Number(lines), link, dialect: dialect.replaceAll('`', '') }
  })

/** Lines of a program that have to do with Crontify. */
const OURS = /crontify|monitor|currentRun|setMeta|watch\(|attemptsMade/i
const COMMENT = /^\s*(?:\/\/|#|\/?\*)/

/** The program of a row: a file, or the block of code of this document that imports the platform's package. */
function programOf({ where, link }: (typeof rows)[number]): string {
  if (!link.startsWith('#')) return readFileSync(resolve(dirname(DOCUMENT), link), 'utf8')
  const platform = where.startsWith('Google') ? '@google-cloud/' : '@azure/'
  return (
    [...text.matchAll(/```ts\n([^]*?)```/g)]
      .map(([, code = '']) => code)
      .find((code) => code.includes(platform)) ?? ''
  )
}

it('has a row for each package that watches jobs', () => {
  for (const name of [
    'node-cron',
    'nestjs',
    'bullmq',
    'agenda',
    'pg-boss',
    'graphile-worker',
    'express',
    'fastify',
    'web',
    'aws-lambda',
  ])
    expect(
      rows.some(({ use }) => use.includes(`@crontify/${name}`)),
      name,
    ).toBe(true)
})

it.each(rows)('counts the lines that watch a job in $where', (row) => {
  const lines = programOf(row).split('\n')

  expect(lines.filter((line) => OURS.test(line) && !COMMENT.test(line))).toHaveLength(row.lines)
})

/** The tests that run the programs of a folder. */
const TESTS: readonly (readonly [string, string])[] = [
  ['../examples/where-jobs-run/', 'examples/where-jobs-run/test/e2e/programs.test.ts'],
  ['../examples/next-cron-route/', 'examples/next-cron-route/test'],
  ['recipes/', 'packages/workspace-checks/test/e2e/machine-recipes.test.ts'],
  ['#', 'packages/workspace-checks/test/e2e/recipes.test.ts'],
]

it.each(rows)('names for $where a program that a test runs', ({ link }) => {
  const test = TESTS.find(([folder]) => link.startsWith(folder))?.[1] ?? ''

  expect(test).not.toBe('')
  expect(existsSync(join(ROOT, test))).toBe(true)
})

/** What the packages themselves say. */
const DIALECTS: Readonly<Record<string, string | undefined>> = {
  'node-cron 4': ofNodeCron(cron.createTask('0 2 * * *', () => {})).scheduleDialect,
  'NestJS 10, 11, 12': ofNest(new CronJob('0 2 * * *', () => {})).scheduleDialect,
  'BullMQ 5, 6': Object(ofBullMq({ key: 'a', pattern: '0 2 * * *' })).scheduleDialect,
  'Agenda 6': Object(ofAgenda({ attrs: { name: 'a', repeatInterval: '0 2 * * *' } })).scheduleDialect,
  'pg-boss 10 to 12': ofPgBoss({ name: 'a', cron: '0 2 * * *' }).scheduleDialect,
  'Graphile Worker 0.16 to 0.18': ofGraphileWorker('0 2 * * * a').scheduleDialect,
}

it.each(rows)('says of $where a dialect that there is', ({ where, dialect }) => {
  expect([...SCHEDULE_DIALECTS, '–', 'its caller’s']).toContain(dialect)
  expect(dialect).toBe(DIALECTS[where] ?? dialect)
})

it('says of machines the dialect that crontify discover gives their jobs', async () => {
  const cli = join(ROOT, 'packages/cli/bin/crontify.cjs')
  const { stdout } = await runProgram(process.execPath, [
    cli,
    'discover',
    join(ROOT, 'docs/recipes'),
    '--json',
  ])
  const { jobs } = JSON.parse(stdout) as {
    jobs: readonly { source: string; schedule: { scheduleDialect?: string } }[]
  }
  const dialectOf = (name: string): string | undefined => {
    const job = jobs.find(({ source }) => source === name)
    return job && (job.schedule.scheduleDialect ?? SCHEDULE_DIALECTS[0])
  }

  const ofRow = (start: string): string | undefined =>
    rows.find(({ where }) => where.startsWith(start))?.dialect
  expect([ofRow('crontab'), ofRow('systemd'), ofRow('Kubernetes'), ofRow('GitHub')]).toEqual(
    ['crontab', 'systemd timer', 'Kubernetes CronJob', 'GitHub Actions'].map(dialectOf),
  )
})
