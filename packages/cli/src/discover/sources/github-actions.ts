import { basename } from 'node:path'
import type { Findings } from '../discovered-job.ts'
import { pingsIn } from '../seen-pings.ts'
import { at, listAt, textAt, yamlDocuments } from './yaml-documents.ts'

/** Schedules of a workflow: one job each, because each is due by itself. UTC, unless one names a time zone. */
export function githubJobs(text: string, file: string): Findings {
  if (!/\bschedule\b/.test(text)) return { jobs: [], problems: [] }
  const { documents, problems } = yamlDocuments(text, file)
  const [workflow] = documents
  const schedules = listAt(workflow?.value, 'on', 'schedule')
  if (workflow === undefined || schedules.length === 0) return { jobs: [], problems }
  const steps = Object.values(
    (at(workflow.value, 'jobs') ?? {}) as Readonly<Record<string, unknown>>,
  ).flatMap((job) => listAt(job, 'steps'))
  const pings = steps.map((step) => pingsIn(textAt(step, 'run') ?? '')).find((id) => id !== undefined)
  const fileName = basename(file).replace(/\.ya?ml$/, '')
  const title = textAt(workflow.value, 'name') ?? fileName
  const jobs = schedules.flatMap((schedule, index) => {
    const cron = textAt(schedule, 'cron')
    if (cron === undefined) return []
    return [
      {
        source: 'GitHub Actions' as const,
        file,
        line: workflow.lineOf(['on', 'schedule', index, 'cron']),
        name: fileName,
        written: cron,
        schedule: { schedule: cron, timezone: textAt(schedule, 'timezone') ?? 'UTC' },
        runs: `workflow ${title}`,
        pings,
        monitoredBy: workflowSteps,
      },
    ]
  })
  return { jobs, problems }
}

function workflowSteps(id: string): readonly string[] {
  const ping = (what: string): string => `run: npx --yes @crontify/cli ping ${id} ${what}`
  return [
    '# env: { CRONTIFY_API_KEY: "${{ secrets.CRONTIFY_API_KEY }}" }',
    '# first step:',
    `- ${ping('start')}`,
    '# last steps:',
    '- if: success()',
    `  ${ping('success')}`,
    '- if: failure() || cancelled()',
    `  ${ping('fail --message "the workflow failed"')}`,
  ]
}
