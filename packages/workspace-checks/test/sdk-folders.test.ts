import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

const SRC = resolve(import.meta.dirname, '../../sdk/src')

/** Each folder imports only folders below it, so that there is no cycle. A new order is a design decision: record it. */
const DOWNWARD = [
  'client',
  'options',
  'adapter-kit',
  'run',
  'delivery',
  'process-exit',
  'disk',
  'testing',
  'http',
  'definition',
  'redaction',
]
const MAX_FILES = 12
/** Its transports are still being put in order. */
const CROWDED: readonly string[] = ['http']

const files = ts.sys
  .readDirectory(SRC, ['.ts'])
  .filter((file) => !/\.test(-d)?\.ts$/.test(file))
  .map((file) => resolve(file))

/** The folder of the first level; `undefined` for a file at the top, which is an entry or a small common type. */
function folderOf(file: string): string | undefined {
  const [first = '', second] = relative(SRC, file).split(sep)
  return second === undefined ? undefined : first
}

it('imports downward only, from folder to folder', () => {
  const upward = files.flatMap((file) =>
    ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles.flatMap(({ fileName }) => {
      if (!fileName.startsWith('.')) return []
      const [from, to] = [folderOf(file), folderOf(resolve(dirname(file), fileName))]
      if (from === undefined || to === undefined || from === to) return []
      return DOWNWARD.indexOf(from) < DOWNWARD.indexOf(to)
        ? []
        : [`${relative(SRC, file)} imports ${fileName}`]
    }),
  )

  expect(upward).toEqual([])
})

it('knows every folder, and none is crowded', () => {
  const counts = new Map<string, number>()
  for (const file of files) {
    const folder = relative(SRC, dirname(file))
    if (folder !== '') counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }

  expect([...new Set(files.flatMap((file) => folderOf(file) ?? []))].sort()).toEqual([...DOWNWARD].sort())
  const crowded = [...counts].filter(([folder, count]) => count > MAX_FILES && !CROWDED.includes(folder))
  expect(crowded.map(([folder, count]) => `${join('src', folder)}: ${count} files`)).toEqual([])
})
