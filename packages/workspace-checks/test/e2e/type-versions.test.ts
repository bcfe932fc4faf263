import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import type typescript from 'typescript'
import { expect, it } from 'vitest'

const require = createRequire(import.meta.url)
const WORKPLACE = resolve(import.meta.dirname, '../../node_modules/.type-versions')
const SDK_TYPE_TESTS = resolve(import.meta.dirname, '../../../sdk/src')
const TESTS = [
  'client/crontify.test-d.ts',
  'definition/define-monitor.test-d.ts',
  'monitor/crontify-monitor.test-d.ts',
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
