/** What is known of a path without opening it. */
export interface PathFacts {
  readonly kind: 'directory' | 'link' | 'other'
  /** Owner; meaningless where {@link SpoolSurroundings} knows no user id. */
  readonly uid: number
  /** Permission bits. */
  readonly mode: number
}

/**
 * The file system, as far as the spool needs it. Everything throws, or rejects with, the system's own error.
 *
 * What an exit handler has to do exists a second time, without promises.
 */
export interface SpoolFiles {
  /** Facts about the path itself, not about where a link leads; `undefined` if nothing is there. */
  inspectSync(path: string): PathFacts | undefined
  /** With its parents; readable for its owner alone. Does nothing if it is there. */
  makeDirectorySync(path: string): void
  /** The first names that the system hands out, in no order, at most so many. */
  list(directory: string, atMost: number): Promise<readonly string[]>
  listSync(directory: string, atMost: number): readonly string[]
  /** Writes a file that must not exist yet, readable for its owner alone, through to the disk. */
  writeNew(path: string, text: string): Promise<void>
  writeNewSync(path: string, text: string, toDisk: boolean): void
  rename(from: string, to: string): Promise<void>
  renameSync(from: string, to: string): void
  remove(path: string): Promise<void>
  removeSync(path: string): void
  /** Makes renames in a directory last through a power cut. */
  syncDirectory(path: string): Promise<void>
  syncDirectorySync(path: string): void
  /** Sets when a file was last changed, in milliseconds since 1970. */
  touch(path: string, at: number): Promise<void>
  /** When a file was last changed, in milliseconds since 1970. */
  changedAt(path: string): Promise<number>
  /** A regular file's bytes; `undefined` if it is longer than that, a link, or no regular file. */
  read(path: string, atMostBytes: number): Promise<Uint8Array | undefined>
}

/** The system's word for what went wrong, such as `ENOSPC`. */
export function fileErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : undefined
}
