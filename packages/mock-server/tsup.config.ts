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
  // Vitest itself is ESM only.
  { entry: ['src/vitest.ts'], format: ['esm'], dts: true, target: 'node20' },
])
