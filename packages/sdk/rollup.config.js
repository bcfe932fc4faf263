import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import nodeResolve from '@rollup/plugin-node-resolve'
import { build, transform } from 'esbuild'
import { minify } from 'terser'

const require = createRequire(import.meta.url)
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

const ENTRIES = ['index', 'adapter', 'context', 'testing', 'undici']
/**
 * Files called on-demand.ts list functions. What is behind them is a file of the package, loaded at the first call. A
 * module goes to the first of these that imports it.
 */
const CHUNKS = [
  { name: 'main', of: resolve('src/index.ts') },
  { name: 'runs', of: resolve('src/on-demand.ts') },
  { name: 'disk', of: resolve('src/disk/on-demand.ts') },
  { name: 'definitions', of: resolve('src/definition/on-demand.ts') },
]
/** Only definitions use it, and the index of the protocol names it for all. */
const NOT_AT_START = /\/protocol\/src\/schedule\//

const importsOf = new Map()

/** A module and what it imports, and so on. */
function imports(file, getModuleInfo) {
  const known = importsOf.get(file)
  if (known !== undefined) return known
  const found = new Set([file])
  for (const id of found) {
    for (const imported of getModuleInfo(id)?.importedIds ?? []) {
      if (!NOT_AT_START.test(imported) || file.includes('/definition/')) found.add(imported)
    }
  }
  importsOf.set(file, found)
  return found
}

/** Stands for a file on-demand.ts wherever it is imported. */
const onDemand = {
  name: 'on-demand',
  resolveId: {
    order: 'pre',
    handler: (source, importer) =>
      source.endsWith('/on-demand.ts') && importer !== undefined && !importer.startsWith('\0')
        ? `\0on-demand:${resolve(dirname(importer), source)}`
        : undefined,
  },
  load: (id) => {
    if (!id.startsWith('\0on-demand:')) return undefined
    const file = id.slice('\0on-demand:'.length)
    const names = [...readFileSync(file, 'utf8').matchAll(/^export \{ (.+) \}/gm)].flatMap(([, list]) =>
      list.split(', '),
    )
    const forwards = names.map((name) => `export const ${name} = (...args) => load().${name}(...args)`)
    return [`const load = () => import(${JSON.stringify(file)})`, ...forwards].join('\n')
  },
  // `require` here, because plain Jest has no `import()`; and what is loaded is used at once.
  renderDynamicImport: () => ({ left: 'require(', right: ')' }),
}

/**
 * Node's own modules come from `process.getBuiltinModule`: an ESM bundle that a user makes of this has no `require`, and
 * plain Jest has no `import()`.
 */
const builtinModules = {
  name: 'builtin-modules',
  resolveId: (source) => (source.startsWith('node:') ? `\0${source}` : undefined),
  load: (id) =>
    id.startsWith('\0node:')
      ? { code: `export default process.getBuiltinModule('${id.slice(1)}')`, syntheticNamedExports: true }
      : undefined,
}

/** The program of the thread that sends pings at exit, as a text that no other bundler will change. */
const exitWorkerAsText = {
  name: 'exit-worker-as-text',
  load: async (id) => {
    if (!id.endsWith('/exit-worker-source.ts')) return undefined
    const options = { entryPoints: [id], bundle: true, write: false, format: 'cjs', target: 'node20' }
    const { outputFiles } = await build(options)
    const module = { exports: {} }
    new Function('module', outputFiles[0].text)(module)
    const lines = module.exports.EXIT_WORKER_SOURCE.split('\n')
    return `export const EXIT_WORKER_SOURCE = ${JSON.stringify(lines, null, 1)}.join('\\n')`
  },
}

const typescript = {
  name: 'typescript',
  transform: async (code, id) => {
    if (!id.endsWith('.ts')) return undefined
    const define = { CRONTIFY_SDK_VERSION: JSON.stringify(version) }
    return transform(code, { loader: 'ts', target: 'node20', define, sourcemap: true })
  },
}

/** Characters of a line: an uncaught error prints the line that it comes from. */
const LINE_LENGTH = 120

/**
 * Makes a file smaller, with short lines and with the names of functions and classes, so that a stack of ours can be read.
 *
 * zod lists names with `for in`, which also finds what an application has put on `Object.prototype`.
 */
const smaller = {
  name: 'smaller',
  renderChunk: async (code, { name }) => {
    const isReadable = name !== 'definitions'
    const text = code
      // Rollup expects a promise here.
      .replace(/(require\('[^']+'\))\.then\((\w+) => \2\.(\w+)\)/g, '$1.$3')
      .replace(/for \((?:var|let|const) ([\w$]+) in ([\w$]+)\)/g, 'for (let $1 of Object.keys($2))')
    if (/require\('[^']+'\)\.then/.test(text)) throw new Error(`${name} waits for a file`)
    return minify(text, {
      compress: { inline: !isReadable, reduce_funcs: !isReadable },
      ecma: 2020,
      mangle: true,
      toplevel: true,
      keep_classnames: isReadable,
      keep_fnames: isReadable,
      format: { max_line_len: LINE_LENGTH },
    })
  },
}

/** Entries for `import` that share the state of those for `require`, and the licenses of what is bundled. */
const wrappers = {
  name: 'wrappers',
  writeBundle: () => {
    for (const entry of ENTRIES) {
      const names = Object.keys(require(resolve(`dist/${entry}.cjs`))).sort()
      writeFileSync(`dist/${entry}.d.ts`, `export * from './${entry}.cjs'\n`)
      writeFileSync(`dist/${entry}.js`, `export { ${names.join(', ')} } from './${entry}.cjs'\n`)
    }
    const zod = readFileSync(resolve(dirname(require.resolve('zod/package.json')), 'LICENSE'), 'utf8')
    writeFileSync('dist/THIRD-PARTY-LICENSES.txt', `zod\n\n${zod}`)
  },
}

export default {
  input: Object.fromEntries(ENTRIES.map((entry) => [entry, `src/${entry}.ts`])),
  output: {
    dir: 'dist',
    format: 'cjs',
    // Bundlers for edge runtimes warn of each global `process.pid` that they see, also where it is never reached.
    intro: 'const process = globalThis.process',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    generatedCode: { preset: 'es2015', symbols: false },
    externalLiveBindings: false,
    freeze: false,
    esModule: false,
    manualChunks: (id, { getModuleInfo }) =>
      CHUNKS.find(({ of }) => imports(of, getModuleInfo).has(id))?.name,
  },
  plugins: [
    onDemand,
    builtinModules,
    exitWorkerAsText,
    nodeResolve({ exportConditions: ['@crontify/source', 'import', 'default'] }),
    typescript,
    smaller,
    wrappers,
  ],
  onwarn: (warning) => {
    // zod's modules import each other, and have comments for another bundler.
    if (!warning.message.includes('node_modules/zod/')) throw new Error(warning.message)
  },
}
