import { defineConfig } from 'tsup'

export default defineConfig([
  // In parts, each loaded by the command that needs it.
  { entry: ['src/bin.ts'], format: ['esm'], target: 'node20', splitting: true },
  { entry: ['src/index.ts'], format: ['esm', 'cjs'], dts: true, target: 'node20' },
])
