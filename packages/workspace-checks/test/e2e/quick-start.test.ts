import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { transform } from 'esbuild'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { packedProject, toolPath, type PackedProject } from './packed-project.ts'

const DOCUMENT = readFileSync(resolve(import.meta.dirname, '../../../../docs/quick-start.md'), 'utf8')

/** The code of the guide by the name of its file, which the sentence before it gives. */
const files: Readonly<Record<string, string>> = Object.fromEntries(
  [...DOCUMENT.matchAll(/`([\w.]+\.[mc][tj]s)`[^`]*\n\n```[tj]s\n([^]*?)```/g)].map(
    ([, name = '', code = '']) => [name, code],
  ),
)
const outputs = [...DOCUMENT.matchAll(/```text\n([^]*?)```/g)].map(([, text = '']) => text)
const withoutDurations = (text: string): string => text.replaceAll(/duration_ms=\d+/g, 'duration_ms=N')

let project: PackedProject

beforeAll(async () => {
  project = await packedProject(['sdk', 'cli'], ['@types/node'])
  for (const [name, code] of Object.entries(files)) project.write(name, code)
  const job = await transform(files['sync.mts'] ?? '', { loader: 'ts' })
  project.write('built/sync.mjs', job.code)
})
afterAll(() => project.close())

it('has three files and the output of two steps', () => {
  expect(Object.keys(files)).toEqual(['crontify.config.mts', 'sync.mts', 'sync.cjs'])
  expect(outputs).toHaveLength(2)
})

it.each(['typescript/bin/tsc', 'typescript-7/bin/tsc'])(
  'compiles in a strict project with %s',
  async (tsc) => {
    const compilerOptions = {
      ...{ strict: true, noEmit: true, module: 'nodenext', target: 'es2023', types: ['node'] },
      ...{ noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true },
      ...{ exactOptionalPropertyTypes: true, verbatimModuleSyntax: true },
      ...{ noUnusedLocals: true, noImplicitReturns: true },
    }
    project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.mts'] }))

    const ended = await project.run(process.execPath, [toolPath(tsc)])

    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' })
  },
)

it.each(['built/sync.mjs', 'sync.cjs'])('prints what the guide shows, with %s', async (job) => {
  const dev = spawn(
    process.execPath,
    [
      join(project.folder, 'node_modules/@crontify/cli/bin/crontify.cjs'),
      ...['dev', '--clock', 'virtual', '--port', '0'],
    ],
    { cwd: project.folder },
  )
  onTestFinished(() => void dev.kill('SIGKILL'))
  let printed = ''
  dev.stdout.on('data', (chunk: Buffer) => (printed += String(chunk)))
  dev.stderr.on('data', (chunk: Buffer) => (printed += String(chunk)))
  const patient = { timeout: 20_000 }
  await expect.poll(() => printed, patient).toContain('ends it.')
  const env = Object.fromEntries(
    [...printed.matchAll(/export (\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  )

  const ended = await project.run(process.execPath, [job], env)
  expect(ended).toEqual({ code: 0, stdout: '', stderr: '' })
  await expect.poll(() => withoutDurations(printed), patient).toContain(withoutDurations(outputs[0] ?? ''))

  // What the key `d` does where there is a terminal.
  dev.stdin.write('1d\n')
  await expect.poll(() => printed, patient).toContain(outputs[1] ?? '')
})
