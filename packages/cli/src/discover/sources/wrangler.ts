import { parse as parseJson, printParseErrorCode, type ParseError } from 'jsonc-parser'
import { parse as parseToml, TomlError } from 'smol-toml'
import type { DiscoverProblem, Findings, FoundJob } from '../discovered-job.ts'
import { usesClient } from '../seen-pings.ts'
import { lineAt } from './line-at.ts'
import { at, listAt, textAt } from './yaml-documents.ts'

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/**
 * Cron triggers of a Worker, in UTC: of wrangler.toml, and of wrangler.json and .jsonc.
 *
 * @param readBeside  The text of a file of the same project; `undefined` if there is none.
 */
export function wranglerJobs(
  text: string,
  file: string,
  readBeside: (path: string) => string | undefined,
): Findings {
  const parsed = file.endsWith('.toml') ? readToml(text, file) : readJson(text, file)
  if ('problem' in parsed) return { jobs: [], problems: [parsed.problem] }
  const { config } = parsed
  const worker = textAt(config, 'name') ?? 'worker'
  const code = readBeside(textAt(config, 'main') ?? 'src/index.ts')
  const environments = Object.entries((at(config, 'env') ?? {}) as Readonly<Record<string, unknown>>)
  const places = [
    { name: worker, crons: listAt(config, 'triggers', 'crons') },
    ...environments.map(([name, value]) => ({
      name: `${worker}-${name}`,
      crons: listAt(value, 'triggers', 'crons'),
    })),
  ]
  let from = 0
  const jobs = places.flatMap(({ name, crons }) =>
    crons
      .filter((cron) => typeof cron === 'string')
      .map((cron): FoundJob => {
        // The parsers give no positions of values; the expressions stand in the same order.
        const found = text.indexOf(cron, from)
        if (found !== -1) from = found + cron.length
        return {
          source: 'Cloudflare cron trigger',
          file,
          line: lineAt(text, Math.max(0, found)),
          name:
            crons.length === 1
              ? name
              : `${name}-${cron.replaceAll(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '')}`,
          written: cron,
          schedule: { schedule: withNamedDays(cron), timezone: 'UTC' },
          runs: `scheduled() of ${name}`,
          pings: code !== undefined && usesClient(code) ? true : undefined,
          monitoredBy: (id) => [
            '// in the Worker',
            'scheduled(controller, env, ctx) {',
            `  if (controller.cron === '${cron}') ctx.waitUntil(crontify.monitor('${id}').wrap(() => job(env)))`,
            '}',
          ],
        }
      }),
  )
  return { jobs, problems: [] }
}

/** Cloudflare counts days from 1 for Sunday to 7 for Saturday, so names are clearer. */
function withNamedDays(cron: string): string {
  const fields = cron.trim().split(/\s+/)
  const days = fields[4]
  if (fields.length !== 5 || days === undefined || /[#LW?/]/i.test(days)) return cron
  const named = days.replaceAll(/\b[1-7]\b/g, (digit) => DAYS[Number(digit) - 1] ?? digit)
  return [...fields.slice(0, 4), named].join(' ')
}

type Parsed = { readonly config: unknown } | { readonly problem: DiscoverProblem }

function readToml(text: string, file: string): Parsed {
  try {
    return { config: parseToml(text) }
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [message = ''] = error.message.split('\n')
    return { problem: { file, line: error.line, message: message.replace(/^Invalid TOML document: /, '') } }
  }
}

function readJson(text: string, file: string): Parsed {
  const errors: ParseError[] = []
  const config: unknown = parseJson(text, errors, { allowTrailingComma: true })
  const [error] = errors
  if (error === undefined) return { config }
  const message = `it is not JSON (${printParseErrorCode(error.error)})`
  return { problem: { file, line: lineAt(text, error.offset), message } }
}
