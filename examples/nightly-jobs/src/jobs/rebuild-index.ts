import { open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sleep } from './write-invoices.ts'

const LOCK_LOOK_EVERY_MS = 60_000

/**
 * Counts the words of all documents, under a lock file so that two rebuilds do not mix.
 *
 * A lock that a dead process left behind makes it wait for ever: the kind of mistake that only a maximum duration
 * finds.
 */
export async function rebuildIndex(
  documents: string,
  indexFile: string,
  sleep: Sleep,
): Promise<{ documents_indexed: number; words_indexed: number }> {
  const lockFile = `${indexFile}.lock`
  await takeLock(lockFile, sleep)
  try {
    const index = new Map<string, number>()
    const names = await readdir(documents)
    for (const name of names) {
      const text = await readFile(join(documents, name), 'utf8')
      for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? [])
        index.set(word, (index.get(word) ?? 0) + 1)
    }
    await writeFile(indexFile, JSON.stringify([...index]))
    return { documents_indexed: names.length, words_indexed: index.size }
  } finally {
    await rm(lockFile, { force: true })
  }
}

async function takeLock(lockFile: string, sleep: Sleep): Promise<void> {
  for (;;) {
    try {
      const handle = await open(lockFile, 'wx')
      return await handle.close()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      await sleep(LOCK_LOOK_EVERY_MS)
    }
  }
}
