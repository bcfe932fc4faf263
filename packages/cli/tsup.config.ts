import { defineConfig } from 'tsup'

/** The types; rollup.config.js builds the code. */
export default defineConfig({
  entry: ['src/index.ts'],
  format: ['cjs'],
  dts: { only: true, resolve: ['@crontify/protocol'] },
})
