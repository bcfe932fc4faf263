import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { runCrontify } from './crontify-process.ts'

function fileWith(text: string, name = 'crontify.config.json'): string {
  const folder = mkdtempSync(join(tmpdir(), 'crontify-audit-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const audit = (config: string, ...words: string[]) =>
  runCrontify(['audit', '--config', fileWith(config), ...words], {})

it('ends with 1 where something is missing, and says what, why and the fix', async () => {
  const ended = await audit('[{ "id": "nightly-backup", "tier": 1 }]')

  expect(ended.code).toBe(1)
  expect(String(ended.stdout)).toContain('nightly-backup: runbook is not set\n')
  expect(String(ended.stdout)).toMatch(/\n5 missing\. 0 pieces of advice, 1 monitor\.\n$/)
})

it('ends with 0 where there is only advice', async () => {
  const ended = await audit('[{ "id": "thumbnails", "tier": 4 }]')

  expect(ended.code).toBe(0)
  expect(String(ended.stdout)).toMatch(/\nNothing is missing\. 2 pieces of advice, 1 monitor\.\n$/)
})

it('says the same as JSON', async () => {
  const ended = await audit('[{ "id": "nightly-backup", "tier": 1 }]', '--json')

  const report = JSON.parse(String(ended.stdout)) as { missing: number; findings: { check: string }[] }
  expect(report.missing).toBe(5)
  expect(report.findings.map(({ check }) => check)).toContain('runbook')
})

it.each([
  ['[{ "id": "a", "teir": 1 }]', [], 'teir'],
  ['{', [], 'crontify.config.json:1: '],
  ['[]', ['--journal', '/no/such/file'], 'cannot be read'],
  ['[]', ['--journal', 'package.json'], 'is not a journal'],
])('ends with 2 for the configuration %j with %j', async (config, words, text) => {
  const ended = await audit(config, ...words)

  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain(text)
})
