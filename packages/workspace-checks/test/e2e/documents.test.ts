import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type JobServers, startJobServers } from '@crontify/adapter-conformance/servers'
import { createMockServer } from '@crontify/mock-server'
import { transform, type TransformOptions } from 'esbuild'
import ts from 'typescript'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runProgram } from './run-program.ts'

const ROOT = resolve(import.meta.dirname, '../../../..')
const WORKPLACE = resolve(import.meta.dirname, '../../node_modules/.document-blocks')

/** With Nest's decorators, and for a Node that does not know `await using`. */
const OPTIONS: TransformOptions = {
  loader: 'ts',
  target: 'node20',
  tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
}

const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  ...listed('packages'),
  ...listed('docs'),
  ...listed('examples'),
]

function listed(folder: string): string[] {
  const found = ts.sys.readDirectory(join(ROOT, folder), ['.md'], ['**/node_modules', '**/CHANGELOG.md'])
  return found.map((file) => file.slice(ROOT.length + 1))
}

interface Block {
  readonly name: string
  readonly code: string
}

const blocks: readonly Block[] = documents.flatMap((file) => {
  const text = readFileSync(join(ROOT, file), 'utf8')
  return [...text.matchAll(/```ts\n([^]*?)```/g)].map(([, code = ''], index) => ({
    name: `${file.replaceAll(/[/.]/g, '-')}-${index + 1}`,
    code,
  }))
})

let servers: JobServers
beforeAll(async () => {
  servers = await startJobServers()
})
afterAll(() => servers.stop())

it('finds the code blocks', () => {
  expect(blocks.length).toBeGreaterThan(5)
})

it('type-checks every code block against the built packages', () => {
  mkdirSync(WORKPLACE, { recursive: true })
  const files = blocks.map(({ name, code }) => {
    const file = join(WORKPLACE, `${name}.ts`)
    writeFileSync(file, `export {}\n${code}`)
    return file
  })

  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    strict: true,
    // What strict projects ask for besides.
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: false,
    experimentalDecorators: true,
  })

  // The declarations of pg-boss 12.38 name a type that they do not export.
  const found = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.includes('/node_modules/pg-boss/') !== true)
  const problems = found.map((problem) => {
    const text = ts.flattenDiagnosticMessageText(problem.messageText, '\n')
    return `${problem.file?.fileName.slice(WORKPLACE.length + 1) ?? ''}: ${text}`
  })
  expect(problems).toEqual([])
})

// A scheduled task and a worker run for ever; node-cron's own tests cover it. Programs that end at a signal: see graceful-shutdown.test.ts. Tests run in
// their runner: see readme-test.test.ts. What needs a host: see recipes.test.ts.
const runnable = blocks.filter(
  ({ code }) =>
    !/cron\.schedule\(|'SIGTERM'|handleSignals|from 'vitest'|@azure\/functions|queue\.process\(|describeAdapter\(/.test(
      code,
    ),
)

it.each(runnable)('runs the code block $name to its end, without a warning', async ({ name, code }) => {
  const server = await createMockServer({
    apiKeys: ['ck_live_example', 'ck_live_from_environment'],
    monitors: ['user-sync', 'nightly-backup', 'nightly-report', 'mail-worker'].map((id) => ({ id })),
  })
  mkdirSync(WORKPLACE, { recursive: true })
  writeFileSync(join(WORKPLACE, `${name}.mjs`), (await transform(code, OPTIONS)).code)

  const env = {
    CRONTIFY_API_KEY: 'ck_live_from_environment',
    CRONTIFY_BASE_URL: server.url,
    ...servers.env,
  }
  const ended = await runProgram(process.execPath, [`${name}.mjs`], { cwd: WORKPLACE, env })
  await server.close()

  expect(ended.stderr).toBe('')
  expect(ended.code).toBe(0)
})

it('links only to files that are there', () => {
  const broken = documents.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8')
    return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(resolve(ROOT, dirname(file), target)))
      .map((target) => `${file}: ${target}`)
  })

  expect(broken).toEqual([])
})

it('links on the project’s page only to files that are there', () => {
  const { homepage } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { homepage: string }
  const targets = documents.flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split(`${homepage}/blob/main/`)
      .slice(1)
      .map((rest) => /^[^)#\s]+/.exec(rest)?.[0] ?? ''),
  )

  expect(targets.length).toBeGreaterThan(0)
  expect(targets.filter((target) => !existsSync(join(ROOT, target)))).toEqual([])
})
