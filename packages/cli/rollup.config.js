import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import commonjs from '@rollup/plugin-commonjs'
import nodeResolve from '@rollup/plugin-node-resolve'
import { transform } from 'esbuild'

const require = createRequire(import.meta.url)

/** What an installation brings along; everything else is bundled. */
const INSTALLED = /^(?:@crontify\/sdk(?:\/.*)?|jiti|node:.*)$/

/**
 * What these modules import is loaded with them, as one file: a module goes to the first of these. `exec` starts a job
 * and `ping` sends a ping as soon as they can; the other commands are split as they share modules.
 */
const FILES = [
  { name: 'bin', of: [resolve('src/bin.ts'), resolve('src/ping/ping-command.ts')] },
  { name: 'exec-command', of: [resolve('src/exec/exec-command.ts')] },
]

/** The index of the protocol names all of it, and only some commands read schedules. */
const OWN_FILES = [
  { name: 'undici', of: /\/node_modules\/undici\// },
  { name: 'schedules', of: /\/protocol\/src\/schedule\// },
]

function isImportedBy(id, roots, getModuleInfo) {
  const found = new Set(roots)
  for (const one of found) {
    for (const imported of getModuleInfo(one)?.importedIds ?? []) {
      if (!OWN_FILES.some(({ of }) => of.test(imported))) found.add(imported)
    }
  }
  return found.has(id)
}

/** From TypeScript; the names stay, for stacks. */
const typescript = {
  name: 'typescript',
  transform: async (code, id) => {
    if (!id.endsWith('.ts')) return undefined
    return (await transform(code, { loader: 'ts', target: 'node20' })).code
  },
}

/** Messages of ours are in English: the other forty languages of zod stay out. */
const englishOnly = {
  name: 'english-only',
  load: (id) =>
    /zod\/v4\/locales\/index\.js$/.test(id) ? `export { default as en } from './en.js'` : undefined,
}

/** Modules, where a package has them, leave out what is unused. */
const yamlAsModules = {
  name: 'yaml-as-modules',
  resolveId: (source) => (source === 'yaml' ? resolve('node_modules/yaml/browser/dist/index.js') : undefined),
}

const smaller = {
  name: 'smaller',
  renderChunk: async (code) => {
    const { code: small } = await transform(code, {
      minifyWhitespace: true,
      minifySyntax: true,
      target: 'node20',
    })
    return small
  },
}

/** The library for `import`, which is that for `require`. */
const wrapper = {
  name: 'wrapper',
  writeBundle: () => {
    const names = Object.keys(require(resolve('dist/index.cjs'))).sort()
    writeFileSync('dist/index.js', `export { ${names.join(', ')} } from './index.cjs'\n`)
    writeFileSync('dist/index.d.ts', `export * from './index.cjs'\n`)
  },
}

/** The dashboard, beside the part of the program that serves it; the licenses; and the page for `man crontify`. */
const otherFiles = {
  name: 'other-files',
  writeBundle: (_, bundle) => {
    cpSync(resolve('../mock-server/dist/dashboard'), 'dist/dashboard', { recursive: true })
    writeLicenses(Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds))
    writeFileSync('dist/crontify.1', execFileSync(process.execPath, ['dist/bin.cjs', 'help', '--man']))
  },
}

/** The licenses of everything that is bundled. */
function writeLicenses(ids) {
  const folders = ids.map((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0].replace('\0', ''))
  const texts = [...new Set(folders.filter((folder) => folder !== undefined))].sort().map((folder) => {
    const license = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
    if (license === undefined) throw new Error(`${folder} has no license file`)
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
    return `${name}\n\n${readFileSync(join(folder, license), 'utf8').trim()}\n`
  })
  writeFileSync('dist/THIRD-PARTY-LICENSES.txt', texts.join('\n----\n\n'))
}

/** Without the browser's way, which rollup adds. */
const importMeta = {
  name: 'import-meta',
  resolveImportMeta: (property) =>
    property === 'url' ? `require('node:url').pathToFileURL(__filename).href` : undefined,
}

const shared = {
  external: (id) => INSTALLED.test(id),
  onwarn: (warning) => {
    // Modules of zod and yaml import each other.
    if (!/node_modules\//.test(warning.message)) throw new Error(warning.message)
  },
}

const output = {
  dir: 'dist',
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name].cjs',
  // `require`: Node's loader of modules takes a fifth of what a bare Node takes.
  dynamicImportInCjs: false,
  interop: (id) => (id?.startsWith('@crontify/') ? 'esModule' : 'auto'),
  esModule: false,
  externalLiveBindings: false,
  freeze: false,
  generatedCode: { preset: 'es2015', symbols: false },
}

const plugins = [
  englishOnly,
  yamlAsModules,
  nodeResolve({
    exportConditions: ['@crontify/source', 'node', 'import', 'default'],
    mainFields: ['module', 'main'],
    preferBuiltins: true,
  }),
  commonjs(),
  typescript,
  importMeta,
  smaller,
]

/** The program and the library share no file: loading the library must not run the program. */
export default [
  {
    ...shared,
    input: 'src/bin.ts',
    output: {
      ...output,
      manualChunks: (id, { getModuleInfo }) =>
        OWN_FILES.find(({ of }) => of.test(id))?.name ??
        FILES.find(({ of }) => isImportedBy(id, of, getModuleInfo))?.name,
    },
    plugins: [...plugins, otherFiles],
  },
  { ...shared, input: 'src/index.ts', output, plugins: [...plugins, wrapper] },
]
