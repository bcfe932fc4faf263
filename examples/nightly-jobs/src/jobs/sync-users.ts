import { readFile, rename, writeFile } from 'node:fs/promises'

interface User {
  readonly id: string
  readonly name: string
}

/** Takes the users of a feed into the store. An empty feed is no error: that is what the alert rule is for. */
export async function syncUsers(
  feedFile: string,
  storeFile: string,
): Promise<{ records_processed: number; records_changed: number }> {
  const feed = JSON.parse(await readFile(feedFile, 'utf8')) as readonly User[]
  const stored = new Map((await readStore(storeFile)).map((user) => [user.id, user]))
  let changed = 0
  for (const user of feed) {
    if (stored.get(user.id)?.name === user.name) continue
    stored.set(user.id, user)
    changed += 1
  }
  // Written beside and moved into place, so that a reader never finds half a file.
  await writeFile(`${storeFile}.new`, JSON.stringify([...stored.values()]))
  await rename(`${storeFile}.new`, storeFile)
  return { records_processed: feed.length, records_changed: changed }
}

async function readStore(storeFile: string): Promise<readonly User[]> {
  try {
    return JSON.parse(await readFile(storeFile, 'utf8')) as readonly User[]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
