import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  dts: true,
  target: 'node20',
  clean: true,
  // One small function of it; users install nothing more for that.
  noExternal: ['@crontify/protocol'],
})
