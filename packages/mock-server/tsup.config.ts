import { defineConfig } from 'tsup'

export default defineConfig([
  {
    entry: ['src/index.ts', 'src/assert.ts'],
    format: ['esm', 'cjs'],
    dts: true,
    target: 'node20',
  },
  // Vitest itself is ESM only.
  { entry: ['src/vitest.ts'], format: ['esm'], dts: true, target: 'node20' },
])
