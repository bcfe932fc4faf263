import { defineConfig } from 'tsup'

export default defineConfig([
  {
    entry: ['src/index.ts', 'src/assert.ts', 'src/msw.ts'],
    format: ['esm', 'cjs'],
    dts: true,
    target: 'node20',
    // CommonJS has no import.meta.url of its own, and the dashboard's files are found by it.
    shims: true,
  },
  {
    // The page that the server shows, with all that it needs: it works without a network.
    entry: ['dashboard/app.tsx'],
    outDir: 'dist/dashboard',
    format: ['esm'],
    platform: 'browser',
    target: 'es2022',
    minify: true,
    splitting: false,
    noExternal: [/.*/],
    esbuildOptions: (options) => {
      options.jsx = 'automatic'
      options.jsxImportSource = 'preact'
      options.legalComments = 'none'
    },
  },
  // Vitest itself is ESM only.
  { entry: ['src/vitest.ts'], format: ['esm'], dts: true, target: 'node20' },
])
