import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { build as esbuild } from 'esbuild'
import { minify } from 'terser'
import { defineConfig, type Options } from 'tsup'

const require = createRequire(import.meta.url)
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/**
 * Node's own modules come from `process.getBuiltinModule`: an ESM bundle that a user makes of this has no `require`, and plain
 * Jest has no `import()`.
 */
const builtinModules: Plugin = {
  name: 'builtin-modules',
  setup: (build) => {
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'builtin' }))
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
    }))
  },
}

/** The program of the thread that sends pings at exit, as a text that no other bundler will change. */
const exitWorkerAsText: Plugin = {
  name: 'exit-worker-as-text',
  setup: (build) => {
    build.onLoad({ filter: /\/exit-worker-source\.ts$/ }, async ({ path }) => {
      const { outputFiles } = await esbuild({
        entryPoints: [path],
        bundle: true,
        write: false,
        format: 'cjs',
        target: 'node20',
      })
      const module = { exports: {} as { readonly EXIT_WORKER_SOURCE?: string } }
      new Function('module', outputFiles[0]?.text ?? '')(module)
      const lines = module.exports.EXIT_WORKER_SOURCE?.split('\n')
      return { contents: `export const EXIT_WORKER_SOURCE = ${JSON.stringify(lines, null, 1)}.join('\\n')` }
    })
  },
}

/** Checks definitions with zod, which takes longer to load than all the rest: it is a file of its own, loaded at the first definition. */
const schemasApart: Plugin = {
  name: 'schemas-apart',
  setup: (build) => {
    build.onResolve({ filter: /^@crontify\/protocol\/schemas$/ }, ({ path }) => ({
      path,
      namespace: 'apart',
    }))
    build.onResolve({ filter: /^\.\/schemas\.cjs$/ }, ({ path }) => ({ path, external: true }))
    build.onLoad({ filter: /.*/, namespace: 'apart' }, () => ({
      contents: `export const definitionProblems = (...given) => require('./schemas.cjs').definitionProblems(...given)`,
    }))
  },
}

const ENTRIES = ['index', 'adapter', 'context', 'testing', 'undici'] as const

/** What an entry does besides listing names. */
const EFFECTS: Readonly<Partial<Record<(typeof ENTRIES)[number], string>>> = {
  context: `require('./bundle.cjs').enableCurrentRun()\n`,
}

/**
 * The entries are lists of names over one file, for ESM and CommonJS alike. With full copies, a process that loads two
 * of them would have two queues, two rates and two opinions about the service for one key; and the package would be
 * twice as large.
 */
function writeEntries(): void {
  const bundle = require(resolve('dist/bundle.cjs')) as Readonly<Record<(typeof ENTRIES)[number], object>>
  for (const entry of ENTRIES) {
    const names = Object.keys(bundle[entry]).sort()
    const lines = names.map((name) => `exports.${name} = ${entry}.${name}`)
    writeFileSync(
      `dist/${entry}.cjs`,
      `'use strict'\nconst { ${entry} } = require('./bundle.cjs')\n${lines.join('\n')}\n${EFFECTS[entry] ?? ''}`,
    )
    writeFileSync(`dist/${entry}.d.ts`, `export * from './${entry}.cjs'\n`)
    writeFileSync(`dist/${entry}.js`, `export { ${names.join(', ')} } from './${entry}.cjs'\n`)
  }
}

/** Characters of a line: an uncaught error prints the line that it comes from. */
const LINE_LENGTH = 80

/**
 * Makes a finished file smaller, with short lines, and maybe with the names of functions and classes: a stack of ours can be read.
 *
 * esbuild and zod list names with `for in`, which also finds what an application has put on `Object.prototype`.
 */
async function finish(file: string, keepNames: boolean): Promise<void> {
  const text = readFileSync(file, 'utf8').replace(
    /for \((?:var|let|const) ([\w$]+) in ([\w$]+)\)/g,
    'for (let $1 of Object.keys($2))',
  )
  const { code } = await minify(text, {
    compress: { inline: !keepNames, reduce_funcs: !keepNames },
    ecma: 2020,
    mangle: true,
    toplevel: !keepNames,
    keep_classnames: keepNames,
    keep_fnames: keepNames,
    format: { max_line_len: LINE_LENGTH },
  })
  if (code === undefined) throw new Error(`${file} cannot be made smaller`)
  writeFileSync(file, code)
}

function writeLicences(): void {
  const bundled = ['zod'].map((name) => {
    const folder = require.resolve(`${name}/package.json`).replace(/package\.json$/, '')
    return `${name}\n\n${readFileSync(`${folder}LICENSE`, 'utf8')}`
  })
  writeFileSync('dist/THIRD-PARTY-LICENSES.txt', bundled.join('\n----\n\n'))
}

export default defineConfig([
  {
    entry: ENTRIES.map((entry) => `src/${entry}.ts`),
    format: ['cjs'],
    dts: { only: true, resolve: ['@crontify/protocol'], compilerOptions: { stripInternal: true } },
  },
  {
    entry: ['src/bundle.ts'],
    format: ['cjs'],
    target: 'node20',
    noExternal: ['@crontify/protocol', 'zod'],
    define: { CRONTIFY_SDK_VERSION: JSON.stringify(version) },
    // They are told apart from packages of the same name by their prefix.
    removeNodeProtocol: false,
    esbuildPlugins: [builtinModules, exitWorkerAsText, schemasApart],
    onSuccess: async () => {
      await finish('dist/bundle.cjs', true)
      writeEntries()
      writeLicences()
    },
  },
  {
    entry: { schemas: 'src/definition/schemas.ts' },
    format: ['cjs'],
    target: 'node20',
    noExternal: ['@crontify/protocol', 'zod'],
    onSuccess: () => finish('dist/schemas.cjs', false),
  },
])
