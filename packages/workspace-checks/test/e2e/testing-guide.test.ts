import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { installedProject, type InstalledProject } from './installed-project.ts'

const DOCUMENT = readFileSync(resolve(import.meta.dirname, '../../../../docs/testing-alerts.md'), 'utf8')
const [tests = '', fakeTimers = ''] = [...DOCUMENT.matchAll(/```js\n([^]*?)```/g)].map(
  ([, code = '']) => code,
)

let project: InstalledProject

beforeAll(async () => {
  project = await installedProject(['protocol', 'alert-engine', 'sdk', 'mock-server'], ['jest@30.5.2'])
})
afterAll(() => project.close())

async function jest(name: string, code: string): Promise<string> {
  const file = project.write(`${name}.test.js`, code)
  const program = join(project.folder, 'node_modules/jest/bin/jest.js')
  const ended = await project.run(process.execPath, [program, '--runTestsByPath', file])
  return ended.stderr
}

it('passes in plain Jest as it stands in the guide, and lets Jest end', async () => {
  const printed = await jest('as-it-stands', tests)

  expect(printed).toContain('2 passed')
  expect(printed).not.toContain('did not exit')
})

it('fails in Jest when the rule is taken away', async () => {
  expect(await jest('without-the-rule', tests.replace(/ {2}rules: .*\n/, ''))).toContain('1 failed, 1 passed')
})

it('passes in Jest with fake timers', async () => {
  expect(await jest('fake-timers', `${fakeTimers}\n${tests}`)).toContain('2 passed')
})
