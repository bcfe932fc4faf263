import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const BENCH = fileURLToPath(new URL('../../dist/index.js', import.meta.url))

interface Report {
  readonly rows: readonly { readonly id: string; readonly numbers: { readonly ratio: number } }[]
}

/**
 * Most that a process may take, in times of one that does nothing. Both run in turn, so a slow machine is slow for both. What
 * was measured stands in docs/benchmarks.md; these leave some room for a machine that others use too.
 */
const BUDGETS = { import: 2.6, script: 9 } as const

it('starts and ends within its budgets', { timeout: 60_000, retry: 2 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crontify-budgets-'))
  try {
    const json = join(folder, 'report.json')
    await promisify(execFile)(process.execPath, [BENCH, ...Object.keys(BUDGETS), '--json', json])

    const { rows } = JSON.parse(await readFile(json, 'utf8')) as Report

    expect(rows.map(({ id }) => id)).toEqual(Object.keys(BUDGETS))
    for (const { id, numbers } of rows) {
      // Less than a bare process would mean that something else was measured.
      expect(numbers.ratio, id).toBeGreaterThan(1)
      expect(numbers.ratio, id).toBeLessThan(BUDGETS[id as keyof typeof BUDGETS])
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
