import { defineConfig } from 'tsup'

/** The types; rollup.config.js builds the code. */
export default defineConfig({
  entry: ['index', 'adapter', 'context', 'testing', 'undici'].map((entry) => `src/${entry}.ts`),
  format: ['cjs'],
  dts: { only: true, resolve: ['@crontify/protocol'], compilerOptions: { stripInternal: true } },
})
