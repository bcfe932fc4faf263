import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runProgram } from './run-program.ts'

const PACKAGE = resolve(import.meta.dirname, '../..')
const README = resolve(PACKAGE, '../mock-server/README.md')
const FOLDER = join(PACKAGE, 'node_modules/.readme-test')
const VITEST = resolve(PACKAGE, '../../node_modules/vitest/vitest.mjs')

const block = [...readFileSync(README, 'utf8').matchAll(/```ts\n([^]*?)```/g)]
  .map(([, code = '']) => code)
  .find((code) => code.includes("from 'vitest'"))

beforeAll(() => {
  mkdirSync(FOLDER, { recursive: true })
  // Vitest passes over node_modules otherwise.
  const config = "export default { test: { include: ['*.test.ts'], exclude: [] } }"
  writeFileSync(join(FOLDER, 'vitest.config.mjs'), config)
})

afterAll(() => {
  rmSync(FOLDER, { recursive: true, force: true })
})

/** Runs a text as a test file, against the built packages. */
async function runAsTest(
  name: string,
  code: string,
): Promise<{ readonly code: number | null; readonly text: string }> {
  writeFileSync(join(FOLDER, `${name}.test.ts`), code)
  const parameters = [VITEST, 'run', '--root', FOLDER, `${name}.test.ts`]
  const ended = await runProgram(process.execPath, parameters, { cwd: FOLDER, env: { NO_COLOR: '1' } })
  return { code: ended.code, text: ended.stdout + ended.stderr }
}

it('is a test of fewer than twenty lines', () => {
  const lines = (block ?? '').split('\n').filter((line) => line.trim() !== '')

  expect(lines.length).toBeGreaterThan(10)
  expect(lines.length).toBeLessThan(20)
})

it('passes as it stands in the README', async () => {
  const { code, text } = await runAsTest('as-it-stands', block ?? '')

  expect(text).toContain('2 passed')
  expect(code).toBe(0)
})

it('fails, and shows the night, when the rule is taken away', async () => {
  const without = (block ?? '').replace('rules, channels', 'channels')
  expect(without).not.toBe(block)

  const { code, text } = await runAsTest('without-the-rule', without)

  expect(code).toBe(1)
  expect(text).toContain('1 failed | 1 passed')
  expect(text).toContain('Expected at least one alert of nightly-sync')
  expect(text).toContain('no rules; tells on-call')
})

it('fails when nobody is told, and when the job alerts on every night', async () => {
  const untold = await runAsTest('untold', (block ?? '').replace(", channels: ['on-call'] }", ' }'))
  const always = await runAsTest('always', (block ?? '').replace("operator: 'eq'", "operator: 'gt'"))

  expect(untold.text).toContain('1 failed | 1 passed')
  expect(always.text).toContain('2 failed')
})
