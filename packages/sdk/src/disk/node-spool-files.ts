import {
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  promises,
  opendirSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { fileErrorCode, type SpoolFiles } from './spool-files.ts'

/** For its owner alone. A mask can only take more away. */
const FILE_MODE = 0o600
const DIRECTORY_MODE = 0o700

// Not through a link; and not waiting for the other end, should somebody have put a pipe there. Neither exists on Windows.
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** The machine's file system. */
export const nodeSpoolFiles: SpoolFiles = {
  inspectSync: (path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    if (stats === undefined) return undefined
    const kind = stats.isSymbolicLink() ? 'link' : stats.isDirectory() ? 'directory' : 'other'
    return { kind, uid: stats.uid, mode: stats.mode & 0o7777 }
  },
  makeDirectorySync: (path) => void mkdirSync(path, { recursive: true, mode: DIRECTORY_MODE }),
  list: async (directory, atMost) => {
    const names: string[] = []
    if (atMost <= 0) return names
    for await (const entry of await promises.opendir(directory)) {
      names.push(entry.name)
      if (names.length >= atMost) break
    }
    return names
  },
  listSync: (directory, atMost) => {
    const names: string[] = []
    const entries = opendirSync(directory)
    try {
      for (let entry; names.length < atMost && (entry = entries.readSync()) !== null;) names.push(entry.name)
    } finally {
      entries.closeSync()
    }
    return names
  },
  writeNew: async (path, text) => {
    const file = await promises.open(path, 'wx', FILE_MODE)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
  },
  writeNewSync: (path, text, toDisk) => {
    const file = openSync(path, 'wx', FILE_MODE)
    try {
      writeFileSync(file, text)
      if (toDisk) fsyncSync(file)
    } finally {
      closeSync(file)
    }
  },
  rename: (from, to) => promises.rename(from, to),
  renameSync: (from, to) => renameSync(from, to),
  remove: (path) => promises.unlink(path),
  removeSync: (path) => unlinkSync(path),
  syncDirectory: async (path) => {
    const directory = await promises.open(path, 'r').catch(ifImpossible)
    try {
      await directory?.sync().catch(ifImpossible)
    } finally {
      await directory?.close()
    }
  },
  syncDirectorySync: (path) => {
    try {
      const directory = openSync(path, 'r')
      try {
        fsyncSync(directory)
      } finally {
        closeSync(directory)
      }
    } catch (error) {
      ifImpossible(error)
    }
  },
  touch: (path, at) => promises.lutimes(path, at / 1_000, at / 1_000),
  changedAt: async (path) => (await promises.lstat(path)).mtimeMs,
  read: async (path, atMostBytes) => {
    const file = await promises.open(path, READ_FLAGS).catch((error: unknown) => {
      // ELOOP is how O_NOFOLLOW refuses a link, ENXIO how a socket does.
      if (['ELOOP', 'ENXIO'].includes(fileErrorCode(error) ?? '')) return undefined
      throw error
    })
    if (file === undefined) return undefined
    try {
      const stats = await file.stat()
      if (!stats.isFile() || stats.size > atMostBytes) return undefined
      const { buffer, bytesRead } = await file.read(Buffer.alloc(atMostBytes), 0, atMostBytes, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  },
}

/** Some systems cannot sync a directory; everything else is an error. */
function ifImpossible(error: unknown): undefined {
  if (['EISDIR', 'EINVAL', 'EPERM', 'EBADF', 'ENOTSUP'].includes(fileErrorCode(error) ?? '')) return undefined
  throw error
}
