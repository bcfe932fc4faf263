import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
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

export default defineConfig([
  {
    entry: ['src/index.ts', 'src/adapter.ts'],
    format: ['esm', 'cjs'],
    splitting: true,
    dts: { resolve: ['@crontify/protocol'] },
    target: 'node20',
    noExternal: ['@crontify/protocol', 'zod'],
    define: { CRONTIFY_SDK_VERSION: JSON.stringify(version) },
    treeshake: true,
    esbuildPlugins: [transportApart],
    onSuccess: async () => {
      const bundled = ['undici', 'zod'].map((name) => {
        const folder = require.resolve(`${name}/package.json`).replace(/package\.json$/, '')
        return `${name}\n\n${readFileSync(`${folder}LICENSE`, 'utf8')}`
      })
      writeFileSync('dist/THIRD-PARTY-LICENSES.txt', bundled.join('\n----\n\n'))
    },
  },
  {
    entry: ['src/undici-transport.ts'],
    format: ['cjs'],
    target: 'node20',
    noExternal: ['undici'],
    minify: true,
    esbuildPlugins: [undiciClientOnly],
  },
])
