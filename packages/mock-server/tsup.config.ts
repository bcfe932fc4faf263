import { defineConfig } from 'tsup'

export default defineConfig([
  {
    entry: ['src/index.ts', 'src/assert.ts', 'src/msw.ts'],
    format: ['esm', 'cjs'],
    dts: true,
    target: 'node20',
  },
  { entry: ['src/bin.ts'], format: ['esm'], target: 'node20' },
  // Vitest itself is ESM only.
  { entry: ['src/vitest.ts'], format: ['esm'], dts: true, target: 'node20' },
])
