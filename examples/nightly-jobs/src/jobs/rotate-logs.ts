import { mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** Moves the finished logs into the archive. */
export async function rotateLogs(logs: string, archive: string): Promise<{ logs_rotated: number }> {
  await mkdir(archive, { recursive: true })
  const finished = (await readdir(logs)).filter((name) => name.endsWith('.log'))
  for (const name of finished) await rename(join(logs, name), join(archive, name))
  return { logs_rotated: finished.length }
}
