import { defineConfig } from 'tsup'

/** The build of a package with one entry and nothing bundled: ESM, CommonJS and types for both. */
export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  dts: true,
  target: 'node20',
  clean: true,
})
