import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChannelDefinition, MonitorDefinition } from '@crontify/protocol'
import { UsageError } from '../command-line/command-spec.ts'
import { SnapshotError, type Snapshot } from './snapshot.ts'

/** What a configuration adds to a data file, which holds definitions only if they changed while a server ran. */
export interface KnownDefinitions {
  readonly monitors: readonly MonitorDefinition[]
  readonly channels: readonly ChannelDefinition[]
}

/**
 * Reads the data file of a local Crontify, which may be running: a copy is read, at the last moment that it holds.
 *
 * @throws {UsageError} if there is no such file.
 * @throws {SnapshotError} if it is not such a file.
 */
export async function readDataFile(file: string, known: KnownDefinitions): Promise<Snapshot> {
  const { createMockServer } = await import('@crontify/mock-server')
  const folder = mkdtempSync(join(tmpdir(), 'crontify-status-'))
  const copy = join(folder, 'data')
  try {
    const text = textOf(file, copy)
    const server = await createMockServer({
      monitors: withUnknown(known.monitors, text),
      channels: known.channels,
      dataFile: copy,
      clock: 'virtual',
      ...startOf(text),
    })
    try {
      const monitors = server.monitors()
      const runs = new Map(monitors.map(({ id }) => [id, server.runs(id)]))
      const [at, alerts] = [server.now(), server.alerts()]
      // A file of an earlier version has none.
      const notifications = text.includes('\n{"type":"notification"') ? server.notifications() : undefined
      return { at, monitors, alerts, notifications, runs: async (id) => runs.get(id) ?? [] }
    } finally {
      await server.close()
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new SnapshotError((error as Error).message.replaceAll(copy, file))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function textOf(file: string, copy: string): string {
  try {
    copyFileSync(file, copy)
    return readFileSync(copy, 'utf8')
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
  }
}

/** The last instant that a line of the file names. */
function startOf(text: string): { readonly startAt?: string } {
  const instants = [...text.matchAll(/^\{"type":"(?:change|time)","at":"([^"]+)"/gm)]
  const last = instants.at(-1)?.[1]
  return last === undefined ? {} : { startAt: last }
}

/** Monitors that the file knows and nothing defines: their history counts too. */
function withUnknown(monitors: readonly MonitorDefinition[], text: string): readonly MonitorDefinition[] {
  if (/^\{"type":"definitions"/m.test(text)) return monitors
  const ids = [...text.matchAll(/"monitorId":"([A-Za-z0-9_-]{1,128})"/g)].map(([, id = '']) => id)
  const unknown = [...new Set(ids)].filter((id) => monitors.every((monitor) => monitor.id !== id))
  return [...monitors, ...unknown.map((id) => ({ id }))]
}
