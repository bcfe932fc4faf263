import { expect, it } from 'vitest'
import { spoolDirectoryProblem } from './spool-directory.ts'
import type { PathFacts, SpoolFiles } from './spool-files.ts'

/** A file system in which the one path looks like this. */
function files(
  found: PathFacts | undefined,
  makeFails?: string,
): Parameters<typeof spoolDirectoryProblem>[1] {
  let facts = found
  return {
    inspectSync: () => facts,
    makeDirectorySync: () => {
      if (makeFails !== undefined) throw Object.assign(new Error('no'), { code: makeFails })
      facts = { kind: 'directory', uid: 1000, mode: 0o700 }
    },
  } as Partial<SpoolFiles> as SpoolFiles
}

const ours: PathFacts = { kind: 'directory', uid: 1000, mode: 0o700 }

it('accepts a directory that is ours, and makes one that is missing', () => {
  expect(spoolDirectoryProblem('/var/spool/crontify', files(ours), 1000)).toBeUndefined()
  expect(spoolDirectoryProblem('/var/spool/crontify', files(undefined), 1000)).toBeUndefined()
})

it('accepts a directory that others may read, but not one that they may write', () => {
  const withMode = (mode: number) => spoolDirectoryProblem('/spool', files({ ...ours, mode }), 1000)

  expect(withMode(0o755)).toBeUndefined()
  expect(withMode(0o720)).toContain('others may write to it (mode 0720)')
  expect(withMode(0o702)).toContain('others may write to it (mode 0702)')
  expect(withMode(0o1777)).toContain('others may write to it (mode 1777)')
})

it.each([
  ['', 'empty'],
  ['spool', 'relative'],
  ['./spool', 'relative'],
  ['https://example.test/spool', 'relative'],
  ['/', 'root of the file system'],
  ['/var/..', 'root of the file system'],
  ['/var/\0spool', 'NUL'],
  [`/${'x'.repeat(4_096)}`, 'longer than 4096'],
])('refuses the path "%s"', (path, reason) => {
  expect(spoolDirectoryProblem(path, files(ours), 1000)).toContain(reason)
})

it.each<[PathFacts, string]>([
  [{ ...ours, kind: 'link' }, 'symbolic link'],
  [{ ...ours, kind: 'other' }, 'not a directory'],
  [{ ...ours, uid: 1001 }, 'belongs to user 1001, and this process runs as user 1000'],
])('refuses %j', (facts, reason) => {
  expect(spoolDirectoryProblem('/spool', files(facts), 1000)).toContain(reason)
})

it.each(['EACCES', 'EROFS', 'ENAMETOOLONG', 'ENOSPC'])('names the code when making it fails: %s', (code) => {
  expect(spoolDirectoryProblem('/spool', files(undefined, code), 1000)).toContain(code)
})

it('does not ask for owner and mode where there are none', () => {
  expect(spoolDirectoryProblem('/spool', files({ ...ours, uid: 0, mode: 0o666 }), undefined)).toBeUndefined()
})
