import {
  parseTree,
  findNodeAtLocation,
  getNodeValue,
  type ParseError,
  printParseErrorCode,
} from 'jsonc-parser'
import type { Findings } from '../discovered-job.ts'
import { usesClient } from '../seen-pings.ts'
import { lineAt } from './line-at.ts'
import { listAt, textAt } from './yaml-documents.ts'

/** Where a path can be served from: the App Router, the Pages Router, and functions of any framework. */
const ROUTE_FILES = [
  ...['app', 'src/app'].flatMap((folder) =>
    ['ts', 'js', 'tsx'].map((ending) => `${folder}PATH/route.${ending}`),
  ),
  ...['pages', 'src/pages', '.'].flatMap((folder) =>
    ['ts', 'js'].flatMap((ending) => [`${folder}PATH.${ending}`, `${folder}PATH/index.${ending}`]),
  ),
]

/**
 * Cron jobs of a vercel.json, in UTC.
 *
 * @param readBeside  The text of a file of the same project; `undefined` if there is none.
 */
export function vercelJobs(
  text: string,
  file: string,
  readBeside: (path: string) => string | undefined,
): Findings {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true })
  const [error] = errors
  if (error !== undefined || tree === undefined) {
    const message =
      error === undefined ? 'it is empty' : `it is not JSON (${printParseErrorCode(error.error)})`
    return { jobs: [], problems: [{ file, line: lineAt(text, error?.offset ?? 0), message }] }
  }
  const crons = listAt(getNodeValue(tree), 'crons')
  const jobs = crons.flatMap((cron, index) => {
    const [path, schedule] = [textAt(cron, 'path'), textAt(cron, 'schedule')]
    if (path === undefined || schedule === undefined) return []
    const route = path.replace(/[?#].*$/, '')
    const code = ROUTE_FILES.map((pattern) => readBeside(pattern.replace('PATH', route))).find(
      (found) => found !== undefined,
    )
    return [
      {
        source: 'Vercel cron' as const,
        file,
        line: lineAt(text, findNodeAtLocation(tree, ['crons', index, 'schedule'])?.offset ?? 0),
        name: route.replace(/^\/(?:api\/)?(?:cron\/)?/, '').replaceAll('/', '-') || 'cron',
        written: schedule,
        schedule: { schedule, timezone: 'UTC' },
        runs: path,
        pings: code !== undefined && usesClient(code) ? (true as const) : undefined,
        monitoredBy: (id: string) => [
          `// in the handler of ${route}`,
          `import { monitorHandler } from '@crontify/web'`,
          `export const GET = monitorHandler(crontify.monitor('${id}'), handler)`,
        ],
      },
    ]
  })
  return { jobs, problems: [] }
}
