import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../command-line/command-spec.ts'
import { CONFIG_NAMES, ConfigError, type Config } from './config.ts'
import { findConfig, loadConfig } from './load-config.ts'

/** The configuration that was named, or the first that exists; `undefined` if there is none. */
export function existingConfig(given: string | undefined): string | undefined {
  if (given !== undefined) return findConfig(given)
  const found = CONFIG_NAMES.find((name) => existsSync(name))
  return found === undefined ? undefined : resolve(found)
}

/** Reads a configuration. @throws {UsageError} if it cannot be read. */
export async function readConfig(path: string): Promise<Config> {
  try {
    return await loadConfig(path)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new UsageError(error.message)
  }
}
