import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

/** Copies a directory and reads every copy back: a backup that was never read is a hope. */
export async function backupFiles(
  from: string,
  to: string,
): Promise<{ files_copied: number; bytes_copied: number }> {
  await mkdir(to, { recursive: true })
  let files = 0
  let bytes = 0
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const source = join(entry.parentPath, entry.name)
    const copy = join(to, relative(from, source))
    await mkdir(dirname(copy), { recursive: true })
    try {
      bytes += await copyAndReadBack(source, copy)
    } catch (cause) {
      throw new Error(`${entry.name} could not be backed up, after ${files} other files`, { cause })
    }
    files += 1
  }
  return { files_copied: files, bytes_copied: bytes }
}

async function copyAndReadBack(source: string, copy: string): Promise<number> {
  await copyFile(source, copy)
  const [original, readBack] = await Promise.all([readFile(source), readFile(copy)])
  if (digest(original) !== digest(readBack)) throw new Error('the copy is not what was copied')
  return original.length
}

function digest(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
