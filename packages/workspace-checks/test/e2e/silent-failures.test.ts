import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { transform } from 'esbuild'
import { expect, it } from 'vitest'
import { runProgram } from './run-program.ts'

const DOCUMENT = resolve(import.meta.dirname, '../../../../docs/silent-failures.md')
const WORKPLACE = resolve(import.meta.dirname, '../../node_modules/.silent-failures')

/** Each program of the page, with what the page says that it prints. */
const programs = [
  ...readFileSync(DOCUMENT, 'utf8').matchAll(/## ([^\n]+)\n[^#]*?```ts\n([^]*?)```\n\n```text\n([^]*?)```/g),
].map(([, title = '', code = '', output = '']) => ({ title, code, output }))

it('finds the three programs', () => {
  expect(programs).toHaveLength(3)
})

it.each(programs)('prints what the page says: $title', async ({ title, code, output }) => {
  mkdirSync(WORKPLACE, { recursive: true })
  const file = `${title.replaceAll(/\W+/g, '-')}.mjs`
  writeFileSync(join(WORKPLACE, file), (await transform(code, { loader: 'ts' })).code)

  const ended = await runProgram(process.execPath, [file], { cwd: WORKPLACE })

  expect(ended).toEqual({ code: 0, stdout: output, stderr: '' })
})
