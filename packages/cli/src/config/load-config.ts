import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { UsageError } from '../command-line/command-spec.ts'
import { CONFIG_EXAMPLE, CONFIG_NAMES, ConfigError, configOf, type Config } from './config.ts'

/**
 * The configuration that was named, or the first that exists.
 *
 * @throws {UsageError} if there is none.
 */
export function findConfig(given: string | undefined): string {
  if (given !== undefined) {
    if (existsSync(given)) return resolve(given)
    throw new UsageError(`There is no configuration ${given}`)
  }
  const found = CONFIG_NAMES.find((name) => existsSync(name))
  if (found !== undefined) return resolve(found)
  throw new UsageError(
    `There is no configuration here. Write crontify.config.ts, or pass --config FILE:\n\n${CONFIG_EXAMPLE}`,
  )
}

/**
 * Loads a configuration again: TypeScript, ES modules and CommonJS are run, JSON is parsed.
 *
 * @throws {ConfigError} (as a rejection) naming the file, the line if it is known, and the reason.
 */
export async function loadConfig(path: string): Promise<Config> {
  if (path.endsWith('.json')) return configOf(parseJson(readFileSync(path, 'utf8'), path), path)
  const { createJiti } = await import('jiti')
  const jiti = createJiti(path, { moduleCache: false, fsCache: false, alias: ownLibrary(path) })
  let loaded: unknown
  try {
    loaded = await jiti.import(path)
  } catch (error) {
    throw new ConfigError(whereAndWhy(error, path))
  }
  return configOf(loaded, path)
}

/** The client that came with this program, for a configuration whose project has none. */
function ownLibrary(path: string): Record<string, string> {
  try {
    createRequire(path).resolve('@crontify/sdk')
    return {}
  } catch {
    return { '@crontify/sdk': createRequire(import.meta.url).resolve('@crontify/sdk') }
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    const [, position] = /at position (\d+)/.exec(message) ?? []
    const before = text.slice(0, position === undefined ? text.length : Number(position))
    throw new ConfigError(`${path}:${before.split('\n').length}: ${message}`)
  }
}

/** File, line and reason; for an error of the configuration's own code also its stack, without frames of ours. */
function whereAndWhy(error: unknown, path: string): string {
  if (!(error instanceof Error)) return `${path}: ${String(error)}`
  const text = `${error.message}\n${error.stack ?? ''}`
  const at = text.indexOf(`${path}:`)
  const [line] = at === -1 ? [] : (/^\d+/.exec(text.slice(at + path.length + 1)) ?? [])
  const [reason = ''] = error.message.replace(`${path}:`, '').split('\n')
  const frames = (error.stack ?? '')
    .split('\n')
    .filter(
      (frame) =>
        /^ {4}at /.test(frame) &&
        !/node:|[/\\]jiti[/\\]|\bjitiImport\b|crontify[/\\]cli[/\\]dist/.test(frame),
    )
    .filter((frame) => frame.includes(path) || frame.includes('/'))
  const where = `${path}${line === undefined ? '' : `:${line}`}: ${reason.trim()}`
  return [where, ...frames].join('\n')
}
