import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts'],
  // Agenda itself is ESM only; and one copy of this package must have the metadata of a job.
  format: ['esm'],
  dts: true,
  target: 'node20',
  clean: true,
  // One small function of it; users install nothing more for that.
  noExternal: ['@crontify/protocol'],
})
