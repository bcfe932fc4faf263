import type { Findings, FoundJob, JobSchedule } from '../discovered-job.ts'
import { pingsIn } from '../seen-pings.ts'
import { at, listAt, textAt, yamlDocuments, type YamlDocument } from './yaml-documents.ts'

/** CronJobs of a manifest, also inside a List. Suspended ones do not run, and are left out. */
export function kubernetesJobs(text: string, file: string): Findings {
  // Charts hold templates that are no YAML: they are a problem only if they have a job in them.
  if (!/\bCronJob\b/.test(text)) return { jobs: [], problems: [] }
  const { documents, problems } = yamlDocuments(text, file)
  const jobs = documents.flatMap((document) => {
    const items = at(document.value, 'kind') === 'List' ? listAt(document.value, 'items') : undefined
    const places = items === undefined ? [[]] : items.map((_, index) => ['items', index])
    return places.flatMap((path) => jobAt(document, path, file))
  })
  return { jobs, problems }
}

function jobAt(
  document: YamlDocument,
  path: readonly (string | number)[],
  file: string,
): readonly FoundJob[] {
  const manifest = at(document.value, ...path)
  const written = textAt(manifest, 'spec', 'schedule')
  const isCronJob =
    at(manifest, 'kind') === 'CronJob' && (textAt(manifest, 'apiVersion') ?? '').startsWith('batch/')
  if (!isCronJob || written === undefined || at(manifest, 'spec', 'suspend') === true) return []
  const name =
    textAt(manifest, 'metadata', 'name') ?? textAt(manifest, 'metadata', 'generateName') ?? 'cronjob'
  const namespace = textAt(manifest, 'metadata', 'namespace')
  const containers = listAt(manifest, 'spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers')
  const commands = containers.map((container) =>
    [...listAt(container, 'command'), ...listAt(container, 'args')].map(String),
  )
  const [first = []] = commands
  const image = textAt(containers[0], 'image')
  return [
    {
      source: 'Kubernetes CronJob',
      file,
      line: document.lineOf([...path, 'spec', 'schedule']),
      name,
      written,
      schedule: scheduleOf(written, textAt(manifest, 'spec', 'timeZone')),
      runs: first.length > 0 ? first.join(' ') : `the command of ${image ?? 'its image'}`,
      pings: commands.map((command) => pingsIn(command.join(' '))).find((id) => id !== undefined),
      monitoredBy: (id) => [
        `# ${namespace === undefined ? '' : `${namespace}/`}${name}, in an image that has @crontify/cli`,
        `command: ${JSON.stringify(['crontify', 'exec', id, '--', ...(first.length > 0 ? first : ['THE-COMMAND-OF-THE-IMAGE'])])}`,
        'env: [{ name: CRONTIFY_API_KEY, valueFrom: { secretKeyRef: { name: crontify, key: api-key } } }]',
      ],
    },
  ]
}

/** Without a time zone the controller's counts, which is UTC in managed clusters. */
function scheduleOf(written: string, timeZone: string | undefined): JobSchedule {
  const [, prefixed, rest = written] = /^(?:CRON_TZ|TZ)=(\S+)\s+(.*)$/.exec(written.trim()) ?? []
  const [, every] = /^@every\s+(.+)$/.exec(rest) ?? []
  const everySeconds = every === undefined ? undefined : goSeconds(every)
  if (everySeconds !== undefined) return { everySeconds }
  return { schedule: rest.trim(), timezone: timeZone ?? prefixed ?? 'UTC' }
}

/** Seconds of a duration as Go writes it, such as `1h30m`. */
function goSeconds(text: string): number | undefined {
  const units: Readonly<Record<string, number>> = { h: 3_600, m: 60, s: 1 }
  if (!/^(?:\d+[hms])+$/.test(text)) return undefined
  return [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  )
}
