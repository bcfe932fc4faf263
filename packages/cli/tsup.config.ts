import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defineConfig, type Options } from 'tsup'

/** Messages of ours are in English: the other forty languages of zod stay out. */
const englishOnly: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'english-only',
  setup: (build) => {
    build.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, ({ path }) => ({
      contents: `export { default as en } from './en.js'`,
      resolveDir: resolve(path, '..'),
    }))
  },
}

const shared: Options = {
  target: 'node20',
  // Everything but what an installation brings along.
  noExternal: [/^(?!@crontify\/sdk|jiti)/],
  esbuildOptions: (options) => {
    // From source, so that what a command does not use of a package is left out.
    options.conditions = ['@crontify/source']
    options.legalComments = 'none'
    // The names stay, for stacks.
    options.minifyWhitespace = true
    options.minifySyntax = true
    // Modules, where a package has them: their parts are left out when unused, and need no `require`.
    options.mainFields = ['module', 'main']
    options.alias = { yaml: resolve('node_modules/yaml/browser/dist/index.js') }
  },
  esbuildPlugins: [englishOnly],
}

/** The page of the local Crontify lies beside the part of the program that serves it. */
function copyDashboard(): void {
  cpSync(resolve('../mock-server/dist/dashboard'), 'dist/dashboard', { recursive: true })
}

/** The page for `man crontify`, made of the program's own help. */
function writeManPage(): void {
  writeFileSync('dist/crontify.1', execFileSync(process.execPath, ['dist/bin.js', 'help', '--man']))
}

/** The licenses of everything that is bundled, found by what esbuild has read. */
function writeLicenses(): void {
  const reports = readdirSync('dist').filter((name) => /^metafile-.*\.json$/.test(name))
  const inputs = reports.flatMap((name) => {
    const { inputs } = JSON.parse(readFileSync(join('dist', name), 'utf8')) as { inputs: object }
    return Object.keys(inputs)
  })
  for (const name of reports) rmSync(join('dist', name))
  const folders = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0])
  const texts = [...new Set(folders.filter((folder) => folder !== undefined))].sort().map((folder) => {
    const license = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
    if (license === undefined) throw new Error(`${folder} has no license file`)
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
    return `${name}\n\n${readFileSync(join(folder, license), 'utf8').trim()}\n`
  })
  writeFileSync('dist/THIRD-PARTY-LICENSES.txt', texts.join('\n----\n\n'))
}

export default defineConfig([
  {
    ...shared,
    // In parts, each loaded by the command that needs it.
    entry: ['src/bin.ts'],
    format: ['esm'],
    splitting: true,
    // Of the bundled packages undici is CommonJS, and requires modules of Node.
    banner: {
      js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`,
    },
    metafile: true,
    onSuccess: async () => {
      copyDashboard()
      writeLicenses()
      writeManPage()
    },
  },
  {
    ...shared,
    noExternal: [/^(?!@crontify\/sdk|jiti|undici)/],
    external: ['undici'],
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
  },
  {
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    dts: { only: true, resolve: ['@crontify/protocol'] },
  },
])
