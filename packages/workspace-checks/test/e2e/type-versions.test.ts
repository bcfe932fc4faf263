import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import type typescript from 'typescript'
import { expect, it } from 'vitest'
import { runProgram } from './run-program.ts'

const require = createRequire(import.meta.url)
const WORKPLACE = resolve(import.meta.dirname, '../../node_modules/.type-versions')
const SDK_TYPE_TESTS = resolve(import.meta.dirname, '../../../sdk/src')
const TESTS = [
  'client/crontify.test-d.ts',
  'definition/define-monitor.test-d.ts',
  'client/crontify-monitor.test-d.ts',
]

/** What is said at the types' own tests, said of the built package instead. */
function ofBuiltPackage(file: string): string {
  return readFileSync(join(SDK_TYPE_TESTS, file), 'utf8')
    .replaceAll(`'../index.ts'`, `'@crontify/sdk'`)
    .replaceAll(`'../adapter.ts'`, `'@crontify/sdk/adapter'`)
}

function problemsWith(compiler: string, options: Record<string, unknown>): string[] {
  const ts = require(compiler) as typeof typescript
  mkdirSync(WORKPLACE, { recursive: true })
  const files = TESTS.map((file, index) => {
    const path = join(WORKPLACE, `${index}.ts`)
    writeFileSync(path, ofBuiltPackage(file))
    return path
  })
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    strict: true,
    noEmit: true,
    // The declarations of the test libraries are not ours to judge by an old compiler.
    skipLibCheck: true,
    ...options,
  })
  return ts.getPreEmitDiagnostics(program).map((problem) => {
    const text = ts.flattenDiagnosticMessageText(problem.messageText, '\n')
    const line = problem.file?.text.slice(0, problem.start).split('\n').length ?? 0
    return `${problem.file?.fileName.slice(WORKPLACE.length + 1) ?? ''}:${line}: ${text}`
  })
}

it.each(['typescript-5.4', 'typescript', 'typescript-6.0'])(
  'has types whose tests pass against the built package with %s, whatever else a project asks of its compiler',
  (compiler) => {
    expect(problemsWith(compiler, {})).toEqual([])
    expect(
      problemsWith(compiler, { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true }),
    ).toEqual([])
  },
)

it('finds a typo in the field of a rule with the oldest compiler', () => {
  const ts = require('typescript-5.4') as typeof typescript
  const file = join(WORKPLACE, 'typo.ts')
  mkdirSync(WORKPLACE, { recursive: true })
  writeFileSync(
    file,
    `import { defineMonitor } from '@crontify/sdk'
     import { z } from 'zod'
     const meta = z.object({ records_processed: z.number() })
     defineMonitor({ id: 'user-sync', meta, rules: (fields) => [fields.records_procesed.eq(0)] })`,
  )
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  })

  const texts = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  expect(texts).toEqual([
    expect.stringMatching(/'records_procesed' does not exist .*Did you mean 'records_processed'\?/),
  ])
})

/** What a program of any age imports; each subpath once. */
const IMPORTS = `import { CrontifyMonitor, defineMonitor, monitored } from '@crontify/sdk'
import { createRunTracker } from '@crontify/sdk/adapter'
import { currentRun } from '@crontify/sdk/context'
import { recordPings } from '@crontify/sdk/testing'
import { undiciTransport } from '@crontify/sdk/undici'
import { createMockServer } from '@crontify/mock-server'
import { assertAlerted } from '@crontify/mock-server/assert'
import { crontifyHandlers } from '@crontify/mock-server/msw'
import { definitionProblems } from '@crontify/protocol/schemas'
import { z } from 'zod'
const definition = defineMonitor({
  id: 'user-sync',
  meta: z.looseObject({ rows: z.number() }),
  rules: (meta) => [meta.rows.eq(0)],
})
export const result: Promise<number> = new CrontifyMonitor({ monitorId: definition.id }).wrap((run) => run.id.length)
export const used = [monitored, createRunTracker, currentRun, recordPings, undiciTransport, createMockServer, assertAlerted, crontifyHandlers, definitionProblems]
// @ts-expect-error a monitor has an id
new CrontifyMonitor({ monitorId: 3 })
`

it.each([
  ['typescript-5.4', 'commonjs', 'node10'],
  ['typescript', 'commonjs', 'node10'],
  ['typescript', 'node16', 'node16'],
  ['typescript-6.0', 'esnext', 'bundler'],
  ['typescript-7', 'nodenext', 'nodenext'],
  ['typescript-7', 'esnext', 'bundler'],
])('has types for %s, module %s, resolution %s', async (compiler, module, moduleResolution) => {
  const file = join(WORKPLACE, `${compiler}-${moduleResolution}.ts`)
  mkdirSync(WORKPLACE, { recursive: true })
  writeFileSync(file, IMPORTS)
  const manifest = require.resolve(`${compiler}/package.json`)
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly bin: { readonly tsc: string } }

  const config = join(WORKPLACE, `${compiler}-${moduleResolution}.json`)
  const compilerOptions = {
    ...{ noEmit: true, strict: true, target: 'es2022', skipLibCheck: true },
    ...{ types: ['node'], esModuleInterop: true, module, moduleResolution },
  }
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }))

  const checked = await runProgram(process.execPath, [join(manifest, '..', bin.tsc), '-p', config])

  expect(checked).toEqual({ code: 0, stdout: '', stderr: '' })
})
