import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Folders that hold no definitions of jobs, or copies of those elsewhere. */
const SKIPPED: ReadonlySet<string> = new Set(
  'node_modules .git .hg .svn .next .turbo .vercel .wrangler dist coverage vendor proc sys dev'.split(' '),
)
const MAX_DEPTH = 12
const MAX_FILE_BYTES = 1024 * 1024

/** Paths of the files and links below a folder that can be read, without following links, in a stable order. */
export function* walk(folder: string, depth = 0): Generator<string> {
  let entries
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch {
    // No permission, or no such folder.
    return
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (!entry.isDirectory()) yield path
    else if (depth < MAX_DEPTH && !SKIPPED.has(entry.name)) yield* walk(path, depth + 1)
  }
}

/** The text of a regular file of a usual size; `undefined` for anything else. Follows no link. */
export function readText(path: string): string | undefined {
  try {
    const found = lstatSync(path)
    return found.isFile() && found.size <= MAX_FILE_BYTES ? readFileSync(path, 'utf8') : undefined
  } catch {
    return undefined
  }
}
