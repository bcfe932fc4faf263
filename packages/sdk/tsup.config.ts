import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { transform } from 'esbuild'
import { defineConfig, type Options } from 'tsup'

const require = createRequire(import.meta.url)
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/** The default transport is a file of its own, loaded at the first ping and shared by ESM and CommonJS. */
const transportApart: Plugin = {
  name: 'transport-apart',
  setup: (build) => {
    build.onResolve({ filter: /\/undici-transport\.ts$/ }, () => ({
      path: './undici-transport.cjs',
      external: true,
    }))
  },
}

/** Of undici only the client and its connector are taken in: the rest of it is 3/4 of its size and load time. */
const undiciClientOnly: Plugin = {
  name: 'undici-client-only',
  setup: (build) => {
    const inUndici = (path: string): string => JSON.stringify(require.resolve(`undici/lib/${path}`))
    build.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'undici-client' }))
    build.onLoad({ filter: /.*/, namespace: 'undici-client' }, () => ({
      contents: `export const Client = require(${inUndici('dispatcher/client.js')})
                 export const buildConnector = require(${inUndici('core/connect.js')})`,
      resolveDir: '.',
    }))
    // Of the parser's tables the client looks at two.
    build.onLoad({ filter: /undici\/lib\/llhttp\/constants\.js$/ }, ({ path }) => {
      const { TYPE, ERROR } = require(path) as Readonly<Record<'TYPE' | 'ERROR', object>>
      return { contents: `module.exports = ${JSON.stringify({ TYPE, ERROR })}` }
    })
    // Parts that a JSON body over HTTP/1.1 never reaches: HTTP/2, and bodies made of forms and blobs.
    build.onLoad({ filter: /undici\/lib\/(?:dispatcher\/client-h2|web\/fetch\/body)\.js$/ }, () => ({
      contents: 'module.exports = {}',
    }))
    // Two builds of the same parser; the one without SIMD runs everywhere, and a ping has few bytes to parse.
    build.onLoad({ filter: /undici\/lib\/llhttp\/llhttp_simd-wasm\.js$/ }, () => ({
      contents: `throw new Error('left out')`,
    }))
  },
}

/**
 * The parser travels compressed: as the text that it is in undici, it would be a fifth of the package. Unpacking it takes
 * less than a millisecond, at the first ping.
 */
const parserCompressed: Plugin = {
  name: 'parser-compressed',
  setup: (build) => {
    build.onLoad({ filter: /undici\/lib\/llhttp\/llhttp-wasm\.js$/ }, ({ path }) => {
      const packed = brotliCompressSync(require(path) as Buffer).toString('base64')
      return {
        contents: `module.exports = require('node:zlib').brotliDecompressSync(Buffer.from('${packed}', 'base64'))`,
      }
    })
  },
}

/** Short names for what is not ours; in a stack nobody looks for them. */
const shortNamesInZod: Plugin = {
  name: 'short-names-in-zod',
  setup: (build) => {
    build.onLoad({ filter: /node_modules\/zod\/.*\.js$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), {
        minifyIdentifiers: true,
        format: 'esm',
        target: 'node20',
      })
      return { contents: code, resolveDir: resolve(path, '..') }
    })
  },
}

const ENTRIES = ['index', 'adapter', 'context', 'testing'] as const

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

/** Shortens what functions call their own; the names of functions and classes stay, so that a stack of ours can be read. */
async function shortenLocalNames(): Promise<void> {
  // Without a format, what stands at the top of a file counts as seen from outside, and keeps its name.
  const { code } = await transform(readFileSync('dist/bundle.cjs', 'utf8'), {
    minifyIdentifiers: true,
    minifyWhitespace: true,
    target: 'node20',
  })
  writeFileSync('dist/bundle.cjs', code)
}

function writeLicences(): void {
  const bundled = ['undici', 'zod'].map((name) => {
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
    esbuildOptions: (options) => {
      options.minifyWhitespace = true
      options.minifySyntax = true
    },
    esbuildPlugins: [transportApart, shortNamesInZod],
    onSuccess: async () => {
      await shortenLocalNames()
      writeEntries()
      writeLicences()
    },
  },
  {
    entry: ['src/http/undici-transport.ts'],
    format: ['cjs'],
    target: 'node20',
    noExternal: ['undici'],
    minify: true,
    esbuildPlugins: [undiciClientOnly, parserCompressed],
  },
])
