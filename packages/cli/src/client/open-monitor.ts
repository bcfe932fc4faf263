import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CrontifyMonitor, OnEvent } from '@crontify/sdk'
import type { ClientSettings } from './client-settings.ts'

/**
 * The client of a monitor. Its library is loaded here and no sooner, beside a job that already runs.
 *
 * Never rejects for what is wrong with the settings: the client is then inert, and a warning says why.
 */
export async function openMonitor(
  settings: ClientSettings,
  printError: (text: string) => void,
  onEvent?: OnEvent,
): Promise<CrontifyMonitor> {
  const { CrontifyMonitor } = await import('@crontify/sdk')
  const { monitorId, baseUrl, spoolDirectory, isQuiet } = settings
  const warn = (message: string): void => {
    if (!isQuiet) printError(`${message}\n`)
  }
  return new CrontifyMonitor({
    monitorId,
    baseUrl,
    logger: { warn },
    onEvent,
    ...keyOf(settings.apiKeyFile, warn),
    delivery: { spoolDirectory: spoolDirectory === undefined ? undefined : resolve(spoolDirectory) },
  })
}

function keyOf(file: string | undefined, warn: (message: string) => void): { readonly apiKey?: string } {
  if (file === undefined) return {}
  try {
    return { apiKey: readFileSync(file, 'utf8').trim() }
  } catch (error) {
    warn(
      `[crontify] The API key file ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    )
    return { apiKey: '' }
  }
}
